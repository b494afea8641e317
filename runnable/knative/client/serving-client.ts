/**
 * The API as Serving's controllers write to it, one client for each kind.
 */
import type { ResourceClient, Store } from '../../apiserver/store.ts';
import {
  configurations,
  revisions,
  routes,
  services,
} from '../apis/resources.ts';
import type { ConfigurationObject } from '../apis/serving/v1alpha1/configuration-types.ts';
import type { RevisionObject } from '../apis/serving/v1alpha1/revision-types.ts';
import type { RouteObject } from '../apis/serving/v1alpha1/route-types.ts';
import type { ServiceObject } from '../apis/serving/v1alpha1/service-types.ts';

/**
 * @upstream knative/serving v0.4.1
 *   pkg/client/clientset/versioned/typed/serving/v1alpha1/serving_client.go ServingV1alpha1Client
 * @differs the namespace is part of the object, or of the call
 */
export class ServingV1alpha1Client {
  readonly services: ResourceClient<ServiceObject>;
  readonly configurations: ResourceClient<ConfigurationObject>;
  readonly revisions: ResourceClient<RevisionObject>;
  readonly routes: ResourceClient<RouteObject>;

  constructor(store: Store) {
    this.services = store.resource(services);
    this.configurations = store.resource(configurations);
    this.revisions = store.resource(revisions);
    this.routes = store.resource(routes);
  }
}
