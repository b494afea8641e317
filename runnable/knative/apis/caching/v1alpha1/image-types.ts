/**
 * Image: a hint that an image should be kept near the nodes.
 */
import type { KObject } from '../../../../apiserver/store.ts';

/** Which image, and who may pull it. */
export interface ImageSpec {
  readonly image: string;
  readonly serviceAccountName?: string;
}

/** An Image as it is stored and read. */
export interface Image extends KObject {
  readonly spec?: ImageSpec;
}
