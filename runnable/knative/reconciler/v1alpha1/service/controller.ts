/**
 * Wires the service controller: which changes lead it to look at a Service.
 *
 * Besides Services themselves these are Configurations and Routes that a
 * Service controls. A change of a child queues the key of its owner and says
 * nothing about what changed.
 */
import {
  FilteringResourceEventHandler,
  ResourceEventHandlerFuncs,
} from '../../../../client-go/tools/cache/controller.ts';
import type { SharedIndexInformer } from '../../../../client-go/tools/cache/shared-informer.ts';
import type { ConfigurationObject } from '../../../apis/serving/v1alpha1/configuration-types.ts';
import type { RouteObject } from '../../../apis/serving/v1alpha1/route-types.ts';
import type { ServiceObject } from '../../../apis/serving/v1alpha1/service-types.ts';
import { filter, newImpl, passNew } from '../../../controller/controller.ts';
import type { Impl } from '../../../controller/controller.ts';
import type { Delivered } from '../../../kmeta/accessor.ts';
import type { Options } from '../../reconciler.ts';
import { Reconciler } from './service.ts';

/** The caches that the controller reads and listens to. */
export interface Informers {
  readonly services: SharedIndexInformer<ServiceObject>;
  readonly configurations: SharedIndexInformer<ConfigurationObject>;
  readonly routes: SharedIndexInformer<RouteObject>;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/service/service.go NewController
 */
export function newController(options: Options, informers: Informers): Impl {
  const { services, configurations, routes } = informers;
  const reconciler = new Reconciler(options, {
    services: services.lister(),
    configurations: configurations.lister(),
    routes: routes.lister(),
  });
  const { logger } = reconciler;
  const impl = newImpl({
    sim: options.sim,
    reconciler,
    logger,
    workQueueName: 'Services',
    name: 'service',
  });

  logger.infof('Setting up event handlers');
  const enqueue = (obj: Delivered): void => {
    impl.enqueue(obj);
  };
  services.addEventHandler(
    new ResourceEventHandlerFuncs<ServiceObject>({
      addFunc: enqueue,
      updateFunc: passNew(enqueue),
      deleteFunc: enqueue,
    }),
  );

  const ofAService = filter('serving.knative.dev/v1alpha1', 'Service');
  const enqueueControllerOf = (obj: Delivered): void => {
    impl.enqueueControllerOf(obj);
  };
  const child = new ResourceEventHandlerFuncs({
    addFunc: enqueueControllerOf,
    updateFunc: passNew(enqueueControllerOf),
    deleteFunc: enqueueControllerOf,
  });
  configurations.addEventHandler(
    new FilteringResourceEventHandler<ConfigurationObject>(ofAService, child),
  );
  routes.addEventHandler(
    new FilteringResourceEventHandler<RouteObject>(ofAService, child),
  );
  return impl;
}
