/**
 * Wires the clusteringress controller: it looks at a ClusterIngress of Istio's
 * class when that changes, when its VirtualService changes, and when the
 * gateways do.
 */
import {
  FilteringResourceEventHandler,
  ResourceEventHandlerFuncs,
} from '../../../../client-go/tools/cache/controller.ts';
import type { SharedIndexInformer } from '../../../../client-go/tools/cache/shared-informer.ts';
import type { VirtualServiceObject } from '../../../apis/istio/v1alpha3/virtualservice-types.ts';
import {
  clusterIngressLabelKey,
  ingressClassAnnotationKey,
} from '../../../apis/networking/register.ts';
import type { ClusterIngressObject } from '../../../apis/networking/v1alpha1/clusteringress-types.ts';
import { typeFilter } from '../../../configmap/filter.ts';
import { newImpl, passNew } from '../../../controller/controller.ts';
import type { Impl } from '../../../controller/controller.ts';
import type { Delivered } from '../../../kmeta/accessor.ts';
import { istioIngressClassName } from '../../../network/network.ts';
import { annotationFilterFunc } from '../../filter.ts';
import type { Options } from '../../reconciler.ts';
import { Reconciler } from './clusteringress.ts';
import { Istio } from './config/istio.ts';
import { Store } from './config/store.ts';

/** The caches that the controller reads and listens to. */
export interface Informers {
  readonly clusterIngresses: SharedIndexInformer<ClusterIngressObject>;
  readonly virtualServices: SharedIndexInformer<VirtualServiceObject>;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/clusteringress/clusteringress.go NewController
 */
export function newController(options: Options, informers: Informers): Impl {
  const { clusterIngresses, virtualServices } = informers;
  const listers = {
    clusterIngresses: clusterIngresses.lister(),
    virtualServices: virtualServices.lister(),
  };
  const resyncIngressesOnIstioConfigChange = typeFilter([Istio], () => {
    impl.globalResync(clusterIngresses);
  });
  const configStore = new Store(
    options.sim,
    options.logger.named('config-store'),
    resyncIngressesOnIstioConfigChange,
  );
  const reconciler = new Reconciler(options, listers, configStore);
  const { logger } = reconciler;
  const impl = newImpl({
    sim: options.sim,
    reconciler,
    logger,
    workQueueName: 'ClusterIngresses',
    name: 'clusteringress',
  });

  logger.infof('Setting up event handlers');
  const ofIstio = annotationFilterFunc(
    ingressClassAnnotationKey,
    istioIngressClassName,
    true,
  );
  const enqueue = (obj: Delivered): void => {
    impl.enqueue(obj);
  };
  clusterIngresses.addEventHandler(
    new FilteringResourceEventHandler<ClusterIngressObject>(
      ofIstio,
      new ResourceEventHandlerFuncs({
        addFunc: enqueue,
        updateFunc: passNew(enqueue),
        deleteFunc: enqueue,
      }),
    ),
  );
  const enqueueIngress = impl.enqueueLabelOfClusterScopedResource(
    clusterIngressLabelKey,
  );
  virtualServices.addEventHandler(
    new FilteringResourceEventHandler<VirtualServiceObject>(
      ofIstio,
      new ResourceEventHandlerFuncs({
        addFunc: enqueueIngress,
        updateFunc: passNew(enqueueIngress),
        deleteFunc: enqueueIngress,
      }),
    ),
  );

  logger.infof('Setting up ConfigMap receivers');
  configStore.watchConfigs(options.configMapWatcher);
  return impl;
}
