/**
 * The API as controllers write to it where the objects are Kubernetes' own.
 */
import {
  configMaps,
  deployments,
  pods,
  services,
} from '../../apiserver/kinds.ts';
import type { ResourceClient, Store } from '../../apiserver/store.ts';
import type { Deployment } from '../apis/apps/v1/types.ts';
import type { K8sService, Pod } from '../apis/core/v1/types.ts';
import type { ConfigMap } from '../configmap/watcher.ts';

/**
 * One client for each kind that a Revision stands on.
 *
 * @differs the namespace is part of the object, or of the call
 */
export class KubeClient {
  readonly configMaps: ResourceClient<ConfigMap>;
  readonly deployments: ResourceClient<Deployment>;
  readonly pods: ResourceClient<Pod>;
  readonly services: ResourceClient<K8sService>;

  constructor(store: Store) {
    this.configMaps = store.resource(configMaps);
    this.deployments = store.resource(deployments);
    this.pods = store.resource(pods);
    this.services = store.resource(services);
  }
}
