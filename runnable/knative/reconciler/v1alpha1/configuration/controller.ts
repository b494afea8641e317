/**
 * Wires the configuration controller: it looks at a Configuration when that
 * changes, and when a Revision changes that it controls.
 */
import {
  FilteringResourceEventHandler,
  ResourceEventHandlerFuncs,
} from '../../../../client-go/tools/cache/controller.ts';
import type { SharedIndexInformer } from '../../../../client-go/tools/cache/shared-informer.ts';
import type { ConfigurationObject } from '../../../apis/serving/v1alpha1/configuration-types.ts';
import type { RevisionObject } from '../../../apis/serving/v1alpha1/revision-types.ts';
import { filter, newImpl, passNew } from '../../../controller/controller.ts';
import type { Impl } from '../../../controller/controller.ts';
import type { Delivered } from '../../../kmeta/accessor.ts';
import type { Options } from '../../reconciler.ts';
import { Reconciler } from './configuration.ts';
import type { Sha256 } from './resources/build.ts';

/** The caches that the controller reads and listens to. */
export interface Informers {
  readonly configurations: SharedIndexInformer<ConfigurationObject>;
  readonly revisions: SharedIndexInformer<RevisionObject>;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/configuration/configuration.go NewController
 */
export function newController(
  options: Options,
  informers: Informers,
  sha256: Sha256,
): Impl {
  const { configurations, revisions } = informers;
  const listers = {
    configurations: configurations.lister(),
    revisions: revisions.lister(),
  };
  const reconciler = new Reconciler(options, listers, sha256);
  const { logger } = reconciler;
  const impl = newImpl({
    sim: options.sim,
    reconciler,
    logger,
    workQueueName: 'Configurations',
    name: 'configuration',
  });

  logger.infof('Setting up event handlers');
  const enqueue = (obj: Delivered): void => {
    impl.enqueue(obj);
  };
  configurations.addEventHandler(
    new ResourceEventHandlerFuncs<ConfigurationObject>({
      addFunc: enqueue,
      updateFunc: passNew(enqueue),
      deleteFunc: enqueue,
    }),
  );

  const enqueueControllerOf = (obj: Delivered): void => {
    impl.enqueueControllerOf(obj);
  };
  revisions.addEventHandler(
    new FilteringResourceEventHandler<RevisionObject>(
      filter('serving.knative.dev/v1alpha1', 'Configuration'),
      new ResourceEventHandlerFuncs({
        addFunc: enqueueControllerOf,
        updateFunc: passNew(enqueueControllerOf),
        deleteFunc: enqueueControllerOf,
      }),
    ),
  );
  return impl;
}
