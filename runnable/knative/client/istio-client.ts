/**
 * Istio's API as Knative's controllers write to it.
 */
import type { ResourceClient, Store } from '../../apiserver/store.ts';
import type { VirtualServiceObject } from '../apis/istio/v1alpha3/virtualservice-types.ts';
import { virtualServices } from '../apis/resources.ts';

/**
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/client/clientset/versioned/typed/istio/v1alpha3/istio_client.go NetworkingV1alpha3Client
 */
export class NetworkingV1alpha3Client {
  readonly virtualServices: ResourceClient<VirtualServiceObject>;

  constructor(store: Store) {
    this.virtualServices = store.resource(virtualServices);
  }
}
