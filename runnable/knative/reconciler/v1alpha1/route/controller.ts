/**
 * Wires the route controller: it looks at a Route when that changes, when its
 * placeholder or its ClusterIngress does, when a Configuration or a Revision
 * changes that the Route has found, and at all Routes when the domains do.
 */
import {
  FilteringResourceEventHandler,
  ResourceEventHandlerFuncs,
} from '../../../../client-go/tools/cache/controller.ts';
import type { ResourceEventHandler } from '../../../../client-go/tools/cache/controller.ts';
import type { SharedIndexInformer } from '../../../../client-go/tools/cache/shared-informer.ts';
import type { KObject } from '../../../../apiserver/store.ts';
import type { K8sService } from '../../../apis/core/v1/types.ts';
import type { ClusterIngressObject } from '../../../apis/networking/v1alpha1/clusteringress-types.ts';
import {
  routeLabelKey,
  routeNamespaceLabelKey,
} from '../../../apis/serving/register.ts';
import type { ConfigurationObject } from '../../../apis/serving/v1alpha1/configuration-types.ts';
import type { RevisionObject } from '../../../apis/serving/v1alpha1/revision-types.ts';
import type { RouteObject } from '../../../apis/serving/v1alpha1/route-types.ts';
import { typeFilter } from '../../../configmap/filter.ts';
import { filter, newImpl, passNew } from '../../../controller/controller.ts';
import type { Impl } from '../../../controller/controller.ts';
import { ensureTypeMeta } from '../../../controller/helper.ts';
import type { Delivered } from '../../../kmeta/accessor.ts';
import { Config as NetworkConfig } from '../../../network/network.ts';
import { newTracker } from '../../../tracker/enqueue.ts';
import type { Impl as Tracker } from '../../../tracker/enqueue.ts';
import type { Options } from '../../reconciler.ts';
import { Domain } from './config/domain.ts';
import type { ParseYaml } from './config/domain.ts';
import { Store } from './config/store.ts';
import { Reconciler } from './route.ts';

const apiVersion = 'serving.knative.dev/v1alpha1';

/** How long a Route is told of what it found: longer than a resync takes. */
const leasesPerResync = 3;

/** The caches that the controller reads and listens to. */
export interface Informers {
  readonly routes: SharedIndexInformer<RouteObject>;
  readonly configurations: SharedIndexInformer<ConfigurationObject>;
  readonly revisions: SharedIndexInformer<RevisionObject>;
  readonly services: SharedIndexInformer<K8sService>;
  readonly clusterIngresses: SharedIndexInformer<ClusterIngressObject>;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/route.go NewController
 * @param parseYaml reads the selectors of domains
 */
export function newController(
  options: Options,
  informers: Informers,
  parseYaml: ParseYaml,
): Impl {
  const { sim, logger: root, resyncPeriod } = options;
  const listers = {
    routes: informers.routes.lister(),
    configurations: informers.configurations.lister(),
    revisions: informers.revisions.lister(),
    services: informers.services.lister(),
    clusterIngresses: informers.clusterIngresses.lister(),
  };
  const resync = typeFilter([NetworkConfig, Domain], () => {
    impl.globalResync(informers.routes);
  });
  const logger = root.named('config-store');
  const configStore = new Store({ sim, logger, parseYaml }, resync);
  const enqueueKey = (key: string): void => {
    impl.enqueueKey(key);
  };
  const lease = leasesPerResync * resyncPeriod;
  const tracker = newTracker(enqueueKey, lease, sim.clock);
  const parts = { configStore, tracker };
  const reconciler = new Reconciler(options, listers, parts);
  const impl = newImpl({
    sim,
    reconciler,
    logger: reconciler.logger,
    workQueueName: 'Routes',
    name: 'route',
  });
  reconciler.logger.infof('Setting up event handlers');
  addEventHandlers(impl, informers, tracker);
  reconciler.logger.infof('Setting up ConfigMap receivers');
  configStore.watchConfigs(options.configMapWatcher);
  return impl;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/route.go NewControllerWithClock (part)
 */
function addEventHandlers(
  impl: Impl,
  informers: Informers,
  tracker: Tracker,
): void {
  informers.routes.addEventHandler(
    handlerOf((obj) => {
      impl.enqueue(obj);
    }),
  );
  informers.services.addEventHandler(
    new FilteringResourceEventHandler(
      filter(apiVersion, 'Route'),
      handlerOf((obj) => {
        impl.enqueueControllerOf(obj);
      }),
    ),
  );
  // Labels lead back to the Route, because no owner reference can.
  const enqueueRoute = impl.enqueueLabelOfNamespaceScopedResource(
    routeNamespaceLabelKey,
    routeLabelKey,
  );
  informers.clusterIngresses.addEventHandler(handlerOf(enqueueRoute));
  const changed = (object: KObject): void => {
    tracker.onChanged(object);
  };
  for (const [informer, kind] of [
    [informers.configurations, 'Configuration'],
    [informers.revisions, 'Revision'],
  ] as const) {
    informer.addEventHandler(
      handlerOf(ensureTypeMeta(changed, { apiVersion, kind })),
    );
  }
}

/** A handler that does the same whatever happened. */
function handlerOf<O extends KObject>(
  handle: (obj: Delivered) => void,
): ResourceEventHandler<O> {
  return new ResourceEventHandlerFuncs<O>({
    addFunc: handle,
    updateFunc: passNew(handle),
    deleteFunc: handle,
  });
}
