/**
 * The API as controllers write to it where the objects are hints to caches.
 */
import type { ResourceClient, Store } from '../../apiserver/store.ts';
import type { Image } from '../apis/caching/v1alpha1/image-types.ts';
import { images } from '../apis/resources.ts';

/** @differs the namespace is part of the object, or of the call */
export class CachingV1alpha1Client {
  readonly images: ResourceClient<Image>;

  constructor(store: Store) {
    this.images = store.resource(images);
  }
}
