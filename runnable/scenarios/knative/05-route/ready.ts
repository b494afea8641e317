/**
 * helloworld-go with a Route that serves, put into the store as though it had
 * always been there. What the controllers would have made, their own functions
 * make here.
 */
import { deepCopy } from '../../../apiserver/objects.ts';
import { services as coreServices } from '../../../apiserver/kinds.ts';
import type { Gvr, KObject } from '../../../apiserver/store.ts';
import { Lister } from '../../../client-go/tools/cache/listers.ts';
import type { NamespaceLister } from '../../../client-go/tools/cache/listers.ts';
import { Cache } from '../../../client-go/tools/cache/store.ts';
import {
  clusterIngresses,
  configurations,
  revisions,
  routes,
  services,
} from '../../../knative/apis/resources.ts';
import {
  revisionLastPinnedAnnotationKey,
  routeLabelKey,
} from '../../../knative/apis/serving/register.ts';
import { setConfigurationSpecDefaults } from '../../../knative/apis/serving/v1alpha1/configuration-defaults.ts';
import type {
  ConfigurationObject,
  ConfigurationSpec,
} from '../../../knative/apis/serving/v1alpha1/configuration-types.ts';
import type { RevisionObject } from '../../../knative/apis/serving/v1alpha1/revision-types.ts';
import type { RouteObject } from '../../../knative/apis/serving/v1alpha1/route-types.ts';
import { Service } from '../../../knative/apis/serving/v1alpha1/service-types.ts';
import type { ServiceObject } from '../../../knative/apis/serving/v1alpha1/service-types.ts';
import { makeRevision } from '../../../knative/reconciler/v1alpha1/configuration/resources/revision.ts';
import { makeClusterIngress } from '../../../knative/reconciler/v1alpha1/route/resources/cluster-ingress.ts';
import { makeK8sService } from '../../../knative/reconciler/v1alpha1/route/resources/service.ts';
import { buildTrafficConfiguration } from '../../../knative/reconciler/v1alpha1/route/traffic/traffic.ts';
import { makeConfiguration } from '../../../knative/reconciler/v1alpha1/service/resources/configuration.ts';
import { makeRoute } from '../../../knative/reconciler/v1alpha1/service/resources/route.ts';
import { condition } from '../conditions.ts';
import { template } from '../helloworld.ts';
import { gatewayStatus, podsStatus } from './played.ts';
import type { Stage } from './stage.ts';

/**
 * Fills the store with a Configuration and its Revisions, all of them ready;
 * call it before anybody reads from it.
 *
 * @param generations how many Revisions there are
 */
export function loadRevisions(stage: Stage, generations: number): void {
  loadConfiguration(stage, configurationOf(stage, generations), generations);
}

/** A Configuration whose only Revision is on its way. */
export function loadStarting(stage: Stage): void {
  const { sim, store } = stage;
  const created = { latestCreatedRevisionName: stage.nth(1) };
  loadConfiguration(
    stage,
    {
      ...configurationOf(stage, 1),
      status: {
        conditions: [condition(sim.now(), 'Ready', 'Unknown')],
        ...created,
        observedGeneration: 1,
      },
    },
    1,
  );
  for (const { status: _, ...revision } of stage.revisions) {
    store.load(revisions, [revision]);
  }
}

/** Adds a Route that sends everything to the latest ready one, and serves. */
export function loadServing(stage: Stage): void {
  const { name: configurationName } = stage;
  loadRevisions(stage, 1);
  loadRoute(stage, {
    apiVersion: 'serving.knative.dev/v1alpha1',
    kind: 'Route',
    metadata: { name: stage.name, namespace: stage.namespace },
    spec: { traffic: [{ configurationName, percent: 100 }] },
  });
}

/** A Service in release mode, with a first and a second Revision. */
export function loadRelease(stage: Stage): void {
  const { name, namespace, sim } = stage;
  const revisionName = stage.nth(1);
  const configuration = template('Go Sample v2');
  const original: ServiceObject = {
    apiVersion: 'serving.knative.dev/v1alpha1',
    kind: 'Service',
    metadata: { name, namespace, uid: 'uid-s1', generation: 2 },
    spec: { release: { revisions: [revisionName], configuration } },
  };
  const service = new Service(original, sim.clock);
  service.setDefaults();
  const made = makeConfiguration(service);
  loadConfiguration(stage, { ...configurationOf(stage, 2), ...made }, 2);
  loadRoute(stage, makeRoute(service));
  const served: ServiceObject = {
    ...original,
    spec: service.spec,
    status: {
      ...stage.route?.status,
      ...latest(stage, 2),
      ...ready(stage, 'ConfigurationsReady', 'Ready', 'RoutesReady'),
      observedGeneration: 2,
    },
  };
  stage.store.load(services, [served]);
}

function loadConfiguration(
  stage: Stage,
  configuration: ConfigurationObject,
  generations: number,
): void {
  const numbers = Array.from({ length: generations }, (_, i) => i + 1);
  const uid = 'uid-c1';
  const metadata = { ...configuration.metadata, uid, generation: generations };
  const stored = { ...configuration, metadata };
  stage.store.load(configurations, [stored]);
  stage.store.load(
    revisions,
    numbers.map((number) => revisionOf(stage, stored, number)),
  );
}

function configurationOf(
  stage: Stage,
  generation: number,
): ConfigurationObject {
  const { name, namespace } = stage;
  return {
    apiVersion: 'serving.knative.dev/v1alpha1',
    kind: 'Configuration',
    metadata: { name, namespace },
    spec: stored(generation),
    status: {
      ...ready(stage, 'Ready'),
      ...latest(stage, generation),
      observedGeneration: generation,
    },
  };
}

/** The template of a generation, as the webhook let it through. */
function stored(generation: number): ConfigurationSpec {
  const spec = deepCopy(template(`Go Sample v${generation}`));
  setConfigurationSpecDefaults(spec);
  return spec;
}

function revisionOf(
  stage: Stage,
  configuration: ConfigurationObject,
  generation: number,
): RevisionObject {
  const made = makeRevision({
    ...configuration,
    metadata: { ...configuration.metadata, generation },
    spec: stored(generation),
  });
  return {
    ...made,
    metadata: { ...made.metadata, name: stage.nth(generation) },
    status: podsStatus(stage, 'True'),
  };
}

/** The Route and all that belongs to it, as after many runs. */
function loadRoute(stage: Stage, route: RouteObject): void {
  const { sim, store, name, namespace } = stage;
  const { traffic: wanted = [] } = route.spec ?? {};
  const { config } = buildTrafficConfiguration(
    {
      configurations: listerOf<ConfigurationObject>(stage, configurations),
      revisions: listerOf<RevisionObject>(stage, revisions),
    },
    wanted,
    sim.clock,
  );
  const hostname = `${name}.${namespace}.svc.cluster.local`;
  const finalizers = ['routes.serving.knative.dev'];
  const served: RouteObject = {
    ...route,
    metadata: { ...route.metadata, uid: 'uid-r1', generation: 1, finalizers },
    status: {
      ...ready(stage, 'AllTrafficAssigned', 'IngressReady', 'Ready'),
      domain: `${name}.${namespace}.example.com`,
      domainInternal: hostname,
      address: { hostname },
      traffic: config.getRevisionTrafficTargets(),
      observedGeneration: 1,
    },
  };
  const ingressClass = 'istio.ingress.networking.knative.dev';
  const ingress = {
    ...makeClusterIngress(served, config.targets, ingressClass),
    status: gatewayStatus(stage),
  };
  store.load(routes, [served]);
  store.load(clusterIngresses, [ingress]);
  store.load(coreServices, [makeK8sService(served, ingress)]);
  markAsRouted(stage, [...config.revisions.keys()]);
}

/** What Route controller and labeler have left on others. */
function markAsRouted(stage: Stage, routed: readonly string[]): void {
  const { configuration, sim, store, name } = stage;
  if (configuration === undefined) return;
  const labels = { ...configuration.metadata.labels, [routeLabelKey]: name };
  const metadata = { ...configuration.metadata, labels };
  store.load(configurations, [{ ...configuration, metadata }]);
  const seconds = String(sim.now() / 1000);
  const annotations = { [revisionLastPinnedAnnotationKey]: seconds };
  for (const revision of stage.revisions) {
    const { metadata: own } = revision;
    if (!routed.includes(own.name)) continue;
    store.load(revisions, [{ ...revision, metadata: { ...own, annotations } }]);
  }
}

function listerOf<O extends KObject>(
  { store, namespace }: Stage,
  gvr: Gvr,
): NamespaceLister<O> {
  const cache = new Cache<O>();
  for (const object of store.peekAll<O>(gvr)) cache.add(object);
  return new Lister(cache).byNamespace(namespace);
}

function ready(stage: Stage, ...types: string[]) {
  return { conditions: types.map((type) => condition(stage.sim.now(), type)) };
}

/** The names that a Configuration's controller keeps, and a Service copies. */
function latest(stage: Stage, generation: number) {
  return {
    latestCreatedRevisionName: stage.nth(generation),
    latestReadyRevisionName: stage.nth(generation),
  };
}
