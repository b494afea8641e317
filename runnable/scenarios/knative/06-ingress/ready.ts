/**
 * helloworld-go as `apply-to-curl` leaves it, put into the store as though it
 * had always been there. What the controllers would have made, their own
 * functions make here.
 */
import {
  deployments,
  endpoints,
  pods,
  services as k8sServices,
} from '../../../apiserver/kinds.ts';
import type { Gvr, KObject } from '../../../apiserver/store.ts';
import type { Deployment } from '../../../knative/apis/apps/v1/types.ts';
import type { Condition } from '../../../knative/apis/duck/v1alpha1/conditions-types.ts';
import type { ClusterIngressObject } from '../../../knative/apis/networking/v1alpha1/clusteringress-types.ts';
import {
  clusterIngresses,
  configurations,
  images,
  podAutoscalers,
  revisions,
  routes,
  services,
  virtualServices,
} from '../../../knative/apis/resources.ts';
import {
  revisionLastPinnedAnnotationKey,
  routeLabelKey,
} from '../../../knative/apis/serving/register.ts';
import { Revision } from '../../../knative/apis/serving/v1alpha1/revision-types.ts';
import type { RevisionObject } from '../../../knative/apis/serving/v1alpha1/revision-types.ts';
import type { RouteObject } from '../../../knative/apis/serving/v1alpha1/route-types.ts';
import { Service } from '../../../knative/apis/serving/v1alpha1/service-types.ts';
import { SugaredLogger } from '../../../knative/logging/logger.ts';
import { makeVirtualService } from '../../../knative/reconciler/v1alpha1/clusteringress/resources/virtual-service.ts';
import { makeRevision } from '../../../knative/reconciler/v1alpha1/configuration/resources/revision.ts';
import { Store } from '../../../knative/reconciler/v1alpha1/revision/config/store.ts';
import { makeDeployment } from '../../../knative/reconciler/v1alpha1/revision/resources/deploy.ts';
import { makeImageCache } from '../../../knative/reconciler/v1alpha1/revision/resources/imagecache.ts';
import { makeKPA } from '../../../knative/reconciler/v1alpha1/revision/resources/kpa.ts';
import { makeK8sService as makeRevisionService } from '../../../knative/reconciler/v1alpha1/revision/resources/service.ts';
import { makeClusterIngress } from '../../../knative/reconciler/v1alpha1/route/resources/cluster-ingress.ts';
import { makeK8sService as makePlaceholder } from '../../../knative/reconciler/v1alpha1/route/resources/service.ts';
import type { RevisionTarget } from '../../../knative/reconciler/v1alpha1/route/traffic/targets.ts';
import { makeConfiguration } from '../../../knative/reconciler/v1alpha1/service/resources/configuration.ts';
import { makeRoute } from '../../../knative/reconciler/v1alpha1/service/resources/route.ts';
import { condition } from '../conditions.ts';
import type { ControlPlane } from '../control-plane.ts';
import { helloworld, hostOf, image } from '../helloworld.ts';

const ingressClass = 'istio.ingress.networking.knative.dev';
const gateway = 'istio-ingressgateway.istio-system.svc.cluster.local';
const digest = `${image}@sha256:${'0123456789abcdef'.repeat(4)}`;

/** Fills the store with everything that serves; call it before the start. */
export function loadServing(stage: ControlPlane): void {
  loadRunning(stage);
  loadIngress(stage);
}

/** A Service whose pod runs, and a Route that has done nothing yet. */
export function loadRunning(stage: ControlPlane): void {
  const { sim, name } = stage;
  const revision = `${name}-00001`;
  const latest = {
    latestCreatedRevisionName: revision,
    latestReadyRevisionName: revision,
  };
  const original = new Service(helloworld(), sim.clock);
  original.setDefaults();
  const { apiVersion, kind, metadata, spec } = original;
  const service = new Service(
    load(
      stage,
      services,
      { apiVersion, kind, metadata, ...{ spec } },
      { ...ready(stage, 'ConfigurationsReady'), ...latest },
    ),
    sim.clock,
  );
  const configuration = load(
    stage,
    configurations,
    makeConfiguration(service),
    { ...ready(stage, 'Ready'), ...latest },
  );
  load(stage, routes, makeRoute(service));
  const made = makeRevision(configuration);
  loadRevision(stage, {
    ...made,
    metadata: { ...made.metadata, name: revision },
  });
}

/** A Revision, and all that belongs to it. */
function loadRevision(stage: ControlPlane, made: RevisionObject): void {
  const { sim } = stage;
  const config = new Store(sim, new SugaredLogger('')).load();
  const { loggingURLTemplate } = config.observability;
  const { uid = '', name } = load(stage, revisions, made).metadata;
  const active = condition(sim.now(), 'Active');
  const status = {
    conditions: [
      { ...active, severity: 'Info' as const },
      ...conditions(stage, 'BuildSucceeded', 'ContainerHealthy', 'Ready'),
      ...conditions(stage, 'ResourcesAvailable'),
    ],
    serviceName: `${name}-service`,
    logUrl: loggingURLTemplate.replaceAll('${REVISION_UID}', uid),
    imageDigest: digest,
  };
  const metadata = { ...made.metadata, uid };
  const stored = load(stage, revisions, { ...made, metadata }, status);
  const rev = new Revision(stored, sim.clock);
  const counts = { replicas: 1, updatedReplicas: 1, readyReplicas: 1 };
  const deployment = load(stage, deployments, makeDeployment(rev, config), {
    ...counts,
    ...{ availableReplicas: 1, unavailableReplicas: 0 },
  });
  load(stage, images, makeImageCache(rev, deployment));
  load(stage, podAutoscalers, makeKPA(rev), ready(stage, 'Active', 'Ready'));
  loadPod(
    stage,
    deployment,
    load(stage, k8sServices, makeRevisionService(rev)),
  );
}

/** The pod of the Deployment, and its address behind the Service. */
function loadPod(
  stage: ControlPlane,
  { apiVersion, kind, metadata, spec }: Deployment,
  { metadata: { name, labels = {} } }: KObject,
): void {
  const { namespace } = stage;
  const { template } = spec ?? {};
  const pod = `${metadata.name}-00001`;
  const owner = { apiVersion, kind, name: metadata.name };
  const { uid = '' } = metadata;
  const ip = '10.0.0.4';
  const stored = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...template?.metadata,
      name: pod,
      namespace,
      labels: {
        ...template?.metadata?.labels,
        'pod-template-hash': 'template-1',
      },
      ownerReferences: [{ ...owner, uid, controller: true }],
    },
    spec: { ...template?.spec, nodeName: 'node-1' },
  };
  load(stage, pods, stored, {
    phase: 'Running',
    podIP: ip,
    conditions: [{ type: 'Ready', status: 'True' }],
  });
  const targetRef = { kind: 'Pod', namespace, name: pod };
  const ports = [
    { name: 'http', port: 8012 },
    { name: 'metrics', port: 9090 },
  ];
  const subsets = [{ addresses: [{ ip, targetRef }], ports }];
  load(stage, endpoints, {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name, namespace, labels },
    ...{ subsets },
  });
}

/** What the Route, its ingress and their controllers have made of it. */
function loadIngress(stage: ControlPlane): void {
  const { name, namespace, sim, route, configuration, service } = stage;
  const revision = stage.revision(`${name}-00001`);
  if (!route || !configuration || !revision || !service) return;
  const hostname = `${name}.${namespace}.svc.cluster.local`;
  const reached = {
    domain: hostOf(stage),
    domainInternal: hostname,
    address: { hostname },
    traffic: [{ revisionName: revision.metadata.name, percent: 100 }],
  };
  const finalizers = ['routes.serving.knative.dev'];
  const served = load<RouteObject>(
    stage,
    routes,
    changed(route, { finalizers }),
    {
      ...ready(stage, 'AllTrafficAssigned', 'IngressReady', 'Ready'),
      ...reached,
    },
  );
  const ingress = load(stage, clusterIngresses, ingressOf(stage, served), {
    ...ready(stage, 'LoadBalancerReady', 'NetworkConfigured', 'Ready'),
    loadBalancer: { ingress: [{ domainInternal: gateway }] },
  });
  const gateways = ['knative-ingress-gateway'];
  load(stage, virtualServices, makeVirtualService(ingress, gateways));
  load(stage, k8sServices, makePlaceholder(served, ingress));
  load(stage, services, service, {
    ...service.status,
    ...ready(stage, 'ConfigurationsReady', 'Ready', 'RoutesReady'),
    ...reached,
  });
  const labels = { ...configuration.metadata.labels, [routeLabelKey]: name };
  load(stage, configurations, changed(configuration, { labels }));
  const pinned = String(sim.now() / 1000);
  const annotations = { [revisionLastPinnedAnnotationKey]: pinned };
  load(stage, revisions, changed(revision, { annotations }));
}

/** The ClusterIngress that sends everything to the Route's only Revision. */
function ingressOf(
  { name: configurationName }: ControlPlane,
  route: RouteObject,
): ClusterIngressObject {
  const { revisionName = '' } = route.status?.traffic?.[0] ?? {};
  const target: RevisionTarget = {
    revisionName,
    configurationName,
    percent: 100,
    active: true,
    protocol: 'http1',
  };
  return makeClusterIngress(route, new Map([['', [target]]]), ingressClass);
}

/** Puts an object into the store, and gives it as it is there. */
function load<O extends KObject>(
  { store }: ControlPlane,
  gvr: Gvr,
  object: O,
  status?: object,
): O {
  const observed = gvr.generations ? { observedGeneration: 1 } : {};
  const { namespace = '', name } = object.metadata;
  store.load(gvr, [
    status === undefined
      ? object
      : { ...object, ...{ status: { ...status, ...observed } } },
  ]);
  return store.peek<O>(gvr, namespace, name) ?? object;
}

function changed<O extends KObject>(
  object: O,
  metadata: Partial<KObject['metadata']>,
): O {
  return { ...object, metadata: { ...object.metadata, ...metadata } };
}

function ready(
  stage: ControlPlane,
  ...types: readonly string[]
): { readonly conditions: readonly Condition[] } {
  return { conditions: conditions(stage, ...types) };
}

function conditions(
  { sim }: ControlPlane,
  ...types: readonly string[]
): Condition[] {
  return types.map((type) => condition(sim.now(), type));
}
