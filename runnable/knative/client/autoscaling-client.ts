/**
 * The API as controllers write to it where the objects are about scaling.
 */
import type { ResourceClient, Store } from '../../apiserver/store.ts';
import type { PodAutoscalerObject } from '../apis/autoscaling/v1alpha1/pa-types.ts';
import { podAutoscalers } from '../apis/resources.ts';

/**
 * @upstream knative/serving v0.4.1
 *   pkg/client/clientset/versioned/typed/autoscaling/v1alpha1/autoscaling_client.go AutoscalingV1alpha1Client
 * @differs the namespace is part of the object, or of the call
 */
export class AutoscalingV1alpha1Client {
  readonly podAutoscalers: ResourceClient<PodAutoscalerObject>;

  constructor(store: Store) {
    this.podAutoscalers = store.resource(podAutoscalers);
  }
}
