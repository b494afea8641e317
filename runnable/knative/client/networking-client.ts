/**
 * The API as the controllers of the network write to it.
 */
import type { ResourceClient, Store } from '../../apiserver/store.ts';
import type { ClusterIngressObject } from '../apis/networking/v1alpha1/clusteringress-types.ts';
import { clusterIngresses } from '../apis/resources.ts';

/**
 * @upstream knative/serving v0.4.1
 *   pkg/client/clientset/versioned/typed/networking/v1alpha1/networking_client.go NetworkingV1alpha1Client
 */
export class NetworkingV1alpha1Client {
  readonly clusterIngresses: ResourceClient<ClusterIngressObject>;

  constructor(store: Store) {
    this.clusterIngresses = store.resource(clusterIngresses);
  }
}
