/**
 * Who is played here: the user, and the controllers around the Route's own.
 *
 * Each writes to the API what the real one would write at this point, no more.
 */
import { ApiError } from '../../../apiserver/api-error.ts';
import type { IngressStatusFields } from '../../../knative/apis/networking/v1alpha1/clusteringress-types.ts';
import type { RevisionStatusFields } from '../../../knative/apis/serving/v1alpha1/revision-types.ts';
import type {
  RouteObject,
  TrafficTarget,
} from '../../../knative/apis/serving/v1alpha1/route-types.ts';
import type { ReleaseType } from '../../../knative/apis/serving/v1alpha1/service-types.ts';
import { makeRevision } from '../../../knative/reconciler/v1alpha1/configuration/resources/revision.ts';
import type { Sim } from '../../../sim/sim.ts';
import { condition } from '../conditions.ts';
import { allTrue } from '../03-configuration/played.ts';
import type { Stage } from './stage.ts';

/** Where requests from outside come in. */
const gateway = 'istio-ingressgateway.istio-system.svc.cluster.local';

/** A Route of the program's name that sends everything to one target. */
export function routeTo(stage: Stage, target: TrafficTarget): RouteObject {
  const { name, namespace } = stage;
  return {
    apiVersion: 'serving.knative.dev/v1alpha1',
    kind: 'Route',
    metadata: { name, namespace },
    spec: { traffic: [target] },
  };
}

/**
 * The user applies a manifest.
 *
 * @story on store.create.refused: The webhook refuses Route
 *   {route.metadata.name}, and nothing is stored.
 * @story when route.spec.traffic.1: on store.create: The user creates Route
 *   {route.metadata.name}, and several targets share its traffic.
 * @story when route.spec.traffic.0.configurationName: on store.create: The user
 *   creates Route {route.metadata.name}, which sends everything to whatever
 *   Configuration {route.spec.traffic.0.configurationName} has ready.
 * @story when route.spec.traffic.0.revisionName: on store.create: The user
 *   creates Route {route.metadata.name}, which sends everything to Revision
 *   {route.spec.traffic.0.revisionName} and to no other.
 */
export async function apply(stage: Stage, route: RouteObject): Promise<void> {
  await stage.client.routes.create(route);
}

/**
 * The user changes whom the Service names in its release, and the share of the
 * second of them.
 *
 * @story when release.rolloutPercent: on store.update: The user wants
 *   {release.rolloutPercent} % of the traffic to go to the candidate of the
 *   release.
 * @story on store.update: The user names {release.revisions.0} as the only
 *   Revision of the release.
 */
export async function release(
  stage: Stage,
  release: ReleaseType,
): Promise<void> {
  const { service } = stage;
  if (service === undefined) return;
  await stage.client.services.update({ ...service, spec: { release } });
}

/**
 * The user removes the Route.
 *
 * @story on store.delete: The user deletes Route {stage.routeName}; because of its
 *   finalizer the API server only marks it.
 */
export async function remove(stage: Stage): Promise<void> {
  await stage.client.routes.delete(stage.namespace, stage.routeName);
}

/**
 * The user asks how the Route is doing.
 *
 * @story when object.metadata.deletionTimestamp: on store.get: The user reads
 *   Route {stage.routeName} and finds it still there, marked as deleted.
 * @story when object.status.conditions.Ready.status == 'True': on store.get: The
 *   user reads the Route and finds it Ready at {object.status.domain}.
 * @story when object.status.conditions.Ready.status == 'False': on store.get:
 *   The user reads the Route and finds it not Ready, for the reason
 *   {object.status.conditions.Ready.reason}.
 * @story on store.get: The user reads Route {stage.routeName} and finds there what
 *   the controller has written.
 */
export async function look(stage: Stage): Promise<RouteObject> {
  return stage.client.routes.get(stage.namespace, stage.routeName);
}

/**
 * The user asks for a Route that is gone.
 *
 * @story on store.get: The user asks for Route {stage.routeName} and hears that there
 *   is none.
 */
export async function lookInVain(stage: Stage): Promise<void> {
  try {
    await stage.client.routes.get(stage.namespace, stage.routeName);
  } catch (error) {
    if (!(error instanceof ApiError) || error.reason !== 'NotFound')
      throw error;
  }
}

/**
 * Plays the configuration controller when a template has changed.
 *
 * @story on store.create: Playing the configuration controller, the scenario
 *   makes a Revision of the present generation.
 */
export async function createRevision(stage: Stage): Promise<void> {
  const { configuration } = stage;
  if (configuration === undefined) return;
  await stage.client.revisions.create(makeRevision(configuration));
}

/**
 * Plays the revision controller and the autoscaler's verdict: pods are there.
 *
 * @story on store.updateStatus: Playing the revision controller, the scenario
 *   reports that {name} is ready.
 */
export async function reportReady(stage: Stage, name: string): Promise<void> {
  await reportPods(stage, name, 'True');
}

/**
 * Plays the revision controller after the last pod has gone.
 *
 * @story on store.updateStatus: Playing the revision controller, the scenario
 *   reports that {name} has no pods any more, and is ready all the same.
 */
export async function reportNoPods(stage: Stage, name: string): Promise<void> {
  await reportPods(stage, name, 'False');
}

async function reportPods(
  stage: Stage,
  name: string,
  active: 'True' | 'False',
): Promise<void> {
  const revision = stage.revision(name);
  if (revision === undefined) return;
  const status = podsStatus(stage, active);
  await stage.client.revisions.updateStatus({ ...revision, status });
}

/** The status of a Revision that is ready, with pods or without. */
export function podsStatus(
  stage: Stage,
  active: 'True' | 'False',
): RevisionStatusFields {
  const pods = condition(stage.sim.now(), 'Active', active);
  return {
    conditions: [{ ...pods, severity: 'Info' }, ...allTrue(stage)],
    observedGeneration: 1,
  };
}

/**
 * Plays the clusteringress controller: the gateway has its orders.
 *
 * @story on store.updateStatus: Playing the clusteringress controller, the
 *   scenario reports where the gateway takes requests.
 */
export async function reportIngress(stage: Stage): Promise<void> {
  const { ingress } = stage;
  if (ingress === undefined) return;
  await stage.networkingClient.clusterIngresses.updateStatus({
    ...ingress,
    status: gatewayStatus(stage),
  });
}

/** The status of a ClusterIngress whose gateway has its orders. */
export function gatewayStatus(stage: Stage): IngressStatusFields {
  return {
    conditions: ['LoadBalancerReady', 'NetworkConfigured', 'Ready'].map(
      (type) => condition(stage.sim.now(), type),
    ),
    loadBalancer: { ingress: [{ domainInternal: gateway }] },
    observedGeneration: 1,
  };
}

/**
 * Ends the process between two lines of whatever it was doing.
 *
 * @story The process of the controllers dies, and with it every cache and every
 *   queue.
 */
export function die(process: Sim): void {
  process.kill();
}

/**
 * Starts a process anew, as a Deployment of one replica would.
 *
 * @story A new process starts, and its informers list what the API server holds.
 */
export async function startAgain(stage: Stage): Promise<void> {
  await stage.startControllers();
}
