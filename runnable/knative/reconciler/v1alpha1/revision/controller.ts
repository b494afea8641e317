/**
 * Wires the revision controller: it looks at a Revision when that changes,
 * when something that it controls changes, when the Endpoints of its Service
 * do, and when the build does that it waits for.
 */
import type { KObject } from '../../../../apiserver/store.ts';
import {
  FilteringResourceEventHandler,
  ResourceEventHandlerFuncs,
} from '../../../../client-go/tools/cache/controller.ts';
import type { ResourceEventHandler } from '../../../../client-go/tools/cache/controller.ts';
import type { SharedIndexInformer } from '../../../../client-go/tools/cache/shared-informer.ts';
import type { Deployment } from '../../../apis/apps/v1/types.ts';
import type { PodAutoscalerObject } from '../../../apis/autoscaling/v1alpha1/pa-types.ts';
import type { Image } from '../../../apis/caching/v1alpha1/image-types.ts';
import type { Endpoints, K8sService } from '../../../apis/core/v1/types.ts';
import type { KResource } from '../../../apis/duck/v1alpha1/conditions-types.ts';
import { CachedInformerFactory } from '../../../apis/duck/cached.ts';
import { EnqueueInformerFactory } from '../../../apis/duck/enqueue.ts';
import type { InformerFactory } from '../../../apis/duck/interface.ts';
import { TypedInformerFactory } from '../../../apis/duck/typed.ts';
import { revisionLabelKey } from '../../../apis/serving/register.ts';
import type { RevisionObject } from '../../../apis/serving/v1alpha1/revision-types.ts';
import { typeFilter } from '../../../configmap/filter.ts';
import type { ConfigMap } from '../../../configmap/watcher.ts';
import { filter, newImpl, passNew } from '../../../controller/controller.ts';
import type { Impl } from '../../../controller/controller.ts';
import { deletionHandlingAccessor } from '../../../kmeta/accessor.ts';
import type { Delivered } from '../../../kmeta/accessor.ts';
import { Config as NetworkConfig } from '../../../network/network.ts';
import { newTracker } from '../../../tracker/enqueue.ts';
import type { Impl as Tracker } from '../../../tracker/enqueue.ts';
import { labelExistsFilterFunc } from '../../filter.ts';
import type { Options } from '../../reconciler.ts';
import { Controller } from './config/controller.ts';
import { Observability } from './config/observability.ts';
import { Store } from './config/store.ts';
import type { Listers } from './listers.ts';
import { DigestResolver } from './resolve.ts';
import type { Registry } from './resolve.ts';
import { Reconciler } from './revision.ts';

/** The caches that the controller reads; it does not listen to all of them. */
export interface Informers {
  readonly revisions: SharedIndexInformer<RevisionObject>;
  readonly podAutoscalers: SharedIndexInformer<PodAutoscalerObject>;
  readonly images: SharedIndexInformer<Image>;
  readonly deployments: SharedIndexInformer<Deployment>;
  readonly services: SharedIndexInformer<K8sService>;
  readonly endpoints: SharedIndexInformer<Endpoints>;
  readonly configMaps: SharedIndexInformer<ConfigMap>;
}

/** A build is forgotten when three resyncs in a row did not renew it. */
const leasesPerResync = 3;

/** Who is asked that is no part of the cluster's API. */
export interface Outside {
  /** Knows which image a tag means. */
  readonly registry: Registry;
  /** Makes caches of whatever builds images. */
  readonly builds: InformerFactory;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/revision.go NewController
 */
export function newController(
  options: Options,
  informers: Informers,
  { registry, builds }: Outside,
): Impl {
  const { sim, logger: root, resyncPeriod } = options;
  // The levels of logs are part of the Store and no reason to look at all.
  const classes = [NetworkConfig, Observability, Controller];
  const resync = typeFilter(classes, () => {
    impl.globalResync(informers.revisions);
  });
  const configStore = new Store(sim, root.named('config-store'), resync);
  const enqueueKey = (key: string): void => {
    impl.enqueueKey(key);
  };
  const lease = leasesPerResync * resyncPeriod;
  const tracker = newTracker(enqueueKey, lease, sim.clock);
  const reconciler = new Reconciler(options, listersOf(informers), {
    configStore,
    resolver: new DigestResolver(registry),
    buildInformerFactory: newDuckInformerFactory(tracker, builds),
    tracker,
  });
  const impl = newImpl({
    sim,
    reconciler,
    logger: reconciler.logger,
    workQueueName: 'Revisions',
    name: 'revision',
  });
  reconciler.logger.infof('Setting up event handlers');
  addEventHandlers(impl, informers);
  configStore.watchConfigs(options.configMapWatcher);
  return impl;
}

function listersOf(informers: Informers): Listers {
  return {
    revisions: informers.revisions.lister(),
    podAutoscalers: informers.podAutoscalers.lister(),
    images: informers.images.lister(),
    deployments: informers.deployments.lister(),
    services: informers.services.lister(),
    endpoints: informers.endpoints.lister(),
    configMaps: informers.configMaps.lister(),
  };
}

/**
 * Nothing listens to Images and k8s Services: whatever happens to them tells
 * nothing about the Revision.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/revision.go NewController (part)
 */
function addEventHandlers(impl: Impl, informers: Informers): void {
  informers.revisions.addEventHandler(
    handlerOf((obj) => {
      impl.enqueue(obj);
    }),
  );
  // Endpoints have no owner, but the labels of their Service.
  const enqueueRevision = impl.enqueueLabelOfNamespaceScopedResource(
    '',
    revisionLabelKey,
  );
  informers.endpoints.addEventHandler(
    new FilteringResourceEventHandler<Endpoints>(
      labelExistsFilterFunc(revisionLabelKey),
      handlerOf(enqueueRevision),
    ),
  );
  informers.deployments.addEventHandler(ofRevision(impl));
  informers.podAutoscalers.addEventHandler(ofRevision(impl));
  informers.configMaps.addEventHandler(ofRevision(impl));
}

/** Queues the Revision that controls an object, if one does. */
function ofRevision<O extends KObject>(impl: Impl): ResourceEventHandler<O> {
  return new FilteringResourceEventHandler<O>(
    filter('serving.knative.dev/v1alpha1', 'Revision'),
    handlerOf((obj) => {
      impl.enqueueControllerOf(obj);
    }),
  );
}

/**
 * One informer for each kind of build; all of them tell the tracker.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/revision.go newDuckInformerFactory
 */
function newDuckInformerFactory(
  tracker: Tracker,
  delegate: InformerFactory,
): InformerFactory {
  const onChanged = handlerOf<KResource>((obj) => {
    tracker.onChanged(deletionHandlingAccessor(obj));
  });
  return new CachedInformerFactory(
    new EnqueueInformerFactory(delegate, onChanged),
  );
}

/**
 * The factory that watches for real.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/revision.go KResourceTypedInformerFactory
 */
export function kResourceTypedInformerFactory(
  { sim, store, resyncPeriod }: Options,
  signal: AbortSignal,
): InformerFactory {
  return new TypedInformerFactory(sim, store, resyncPeriod, signal);
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
