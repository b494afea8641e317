/**
 * The caches that the revision controller reads.
 */
import type { Lister } from '../../../../client-go/tools/cache/listers.ts';
import type { Deployment } from '../../../apis/apps/v1/types.ts';
import type { PodAutoscalerObject } from '../../../apis/autoscaling/v1alpha1/pa-types.ts';
import type { Image } from '../../../apis/caching/v1alpha1/image-types.ts';
import type { Endpoints, K8sService } from '../../../apis/core/v1/types.ts';
import type { RevisionObject } from '../../../apis/serving/v1alpha1/revision-types.ts';
import type { ConfigMap } from '../../../configmap/watcher.ts';

/** One for each kind; pods are not among them. */
export interface Listers {
  readonly revisions: Lister<RevisionObject>;
  readonly podAutoscalers: Lister<PodAutoscalerObject>;
  readonly images: Lister<Image>;
  readonly deployments: Lister<Deployment>;
  readonly services: Lister<K8sService>;
  readonly endpoints: Lister<Endpoints>;
  readonly configMaps: Lister<ConfigMap>;
}
