/**
 * Wires the labeler: only changes of Routes lead it to look.
 */
import { ResourceEventHandlerFuncs } from '../../../../client-go/tools/cache/controller.ts';
import type { SharedIndexInformer } from '../../../../client-go/tools/cache/shared-informer.ts';
import type { ConfigurationObject } from '../../../apis/serving/v1alpha1/configuration-types.ts';
import type { RevisionObject } from '../../../apis/serving/v1alpha1/revision-types.ts';
import type { RouteObject } from '../../../apis/serving/v1alpha1/route-types.ts';
import { newImpl, passNew } from '../../../controller/controller.ts';
import type { Impl } from '../../../controller/controller.ts';
import type { Delivered } from '../../../kmeta/accessor.ts';
import type { Options } from '../../reconciler.ts';
import { Reconciler } from './labeler.ts';

/** The caches that the controller reads; it listens to the first. */
export interface Informers {
  readonly routes: SharedIndexInformer<RouteObject>;
  readonly configurations: SharedIndexInformer<ConfigurationObject>;
  readonly revisions: SharedIndexInformer<RevisionObject>;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/labeler/labeler.go NewRouteToConfigurationController
 */
export function newRouteToConfigurationController(
  options: Options,
  informers: Informers,
): Impl {
  const { routes, configurations, revisions } = informers;
  const reconciler = new Reconciler(options, {
    routes: routes.lister(),
    configurations: configurations.lister(),
    revisions: revisions.lister(),
  });
  const { logger } = reconciler;
  const impl = newImpl({
    sim: options.sim,
    reconciler,
    logger,
    workQueueName: 'Labels',
    name: 'labeler',
  });

  logger.infof('Setting up event handlers');
  const enqueue = (obj: Delivered): void => {
    impl.enqueue(obj);
  };
  routes.addEventHandler(
    new ResourceEventHandlerFuncs<RouteObject>({
      addFunc: enqueue,
      updateFunc: passNew(enqueue),
      deleteFunc: enqueue,
    }),
  );
  return impl;
}
