/**
 * The wish that a Revision's image be kept near the nodes.
 */
import type { Deployment } from '../../../../apis/apps/v1/types.ts';
import type { Image } from '../../../../apis/caching/v1alpha1/image-types.ts';
import type { Revision } from '../../../../apis/serving/v1alpha1/revision-types.ts';
import { userContainerName } from './constants.ts';
import { childMeta } from './meta.ts';
import * as names from './names/names.ts';

/**
 * Names the image as the Deployment does, with its digest where that is known.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/resources/imagecache.go MakeImageCache
 */
export function makeImageCache(rev: Revision, deployment: Deployment): Image {
  const { containers = [] } = deployment.spec?.template?.spec ?? {};
  const user = containers.find(({ name }) => name === userContainerName);
  const { serviceAccountName } = rev.spec;
  return {
    apiVersion: 'caching.internal.knative.dev/v1alpha1',
    kind: 'Image',
    metadata: childMeta(rev, names.imageCache(rev)),
    spec: {
      image: user?.image ?? '',
      ...(serviceAccountName ? { serviceAccountName } : {}),
    },
  };
}
