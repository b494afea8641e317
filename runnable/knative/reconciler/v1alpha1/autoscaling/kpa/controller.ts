/**
 * Wires the KPA controller: it looks at a PodAutoscaler when that changes,
 * when the pods behind it become ready or go, and when the autoscaler has
 * decided anew.
 */
import {
  FilteringResourceEventHandler,
  ResourceEventHandlerFuncs,
} from '../../../../../client-go/tools/cache/controller.ts';
import type { SharedIndexInformer } from '../../../../../client-go/tools/cache/shared-informer.ts';
import {
  classAnnotationKey,
  kpa,
  kpaLabelKey,
} from '../../../../apis/autoscaling/register.ts';
import type { PodAutoscalerObject } from '../../../../apis/autoscaling/v1alpha1/pa-types.ts';
import type { Endpoints } from '../../../../apis/core/v1/types.ts';
import type { DynamicConfig } from '../../../../autoscaler/dynamic-config.ts';
import { newImpl, passNew } from '../../../../controller/controller.ts';
import type { Impl } from '../../../../controller/controller.ts';
import type { Delivered } from '../../../../kmeta/accessor.ts';
import { annotationFilterFunc } from '../../../filter.ts';
import type { Options } from '../../../reconciler.ts';
import type { KpaScaler } from './kpa-scaler.ts';
import { Reconciler } from './kpa.ts';
import type { KpaMetrics } from './kpa.ts';

/** The caches that the controller reads and listens to. */
export interface Informers {
  readonly podAutoscalers: SharedIndexInformer<PodAutoscalerObject>;
  readonly endpoints: SharedIndexInformer<Endpoints>;
}

/** Who measures and who scales. */
export interface Scaling {
  readonly kpaMetrics: KpaMetrics;
  readonly kpaScaler: KpaScaler;
  readonly dynConfig: DynamicConfig;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/autoscaling/kpa/kpa.go NewController
 */
export function newController(
  options: Options,
  informers: Informers,
  scaling: Scaling,
): Impl {
  const { podAutoscalers, endpoints } = informers;
  const listers = {
    podAutoscalers: podAutoscalers.lister(),
    endpoints: endpoints.lister(),
  };
  const reconciler = new Reconciler(options, { listers, ...scaling });
  const { logger } = reconciler;
  const impl = newImpl({
    sim: options.sim,
    reconciler,
    logger,
    workQueueName: 'KPA-Class Autoscaling',
    name: 'kpa',
  });

  logger.infof('Setting up kpa-class event handlers');
  const enqueue = (obj: Delivered): void => {
    impl.enqueue(obj);
  };
  // Those made before there were classes name none.
  const onlyKpaClass = annotationFilterFunc(classAnnotationKey, kpa, true);
  podAutoscalers.addEventHandler(
    new FilteringResourceEventHandler<PodAutoscalerObject>(
      onlyKpaClass,
      new ResourceEventHandlerFuncs({
        addFunc: enqueue,
        updateFunc: passNew(enqueue),
        deleteFunc: enqueue,
      }),
    ),
  );
  const enqueueLabelOf = impl.enqueueLabelOfNamespaceScopedResource(
    '',
    kpaLabelKey,
  );
  endpoints.addEventHandler(
    new ResourceEventHandlerFuncs<Endpoints>({
      addFunc: enqueueLabelOf,
      updateFunc: passNew(enqueueLabelOf),
      deleteFunc: enqueueLabelOf,
    }),
  );
  scaling.kpaMetrics.watch((key) => {
    impl.enqueueKey(key);
  });
  return impl;
}
