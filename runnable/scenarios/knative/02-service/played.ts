/**
 * Who is played here: the controllers that look after what the service
 * controller makes, and the user.
 *
 * Each writes to the API what the real one would write at this point, no more.
 */
import { routeLabelKey } from '../../../knative/apis/serving/register.ts';
import type { TrafficTarget } from '../../../knative/apis/serving/v1alpha1/route-types.ts';
import type { ServiceObject } from '../../../knative/apis/serving/v1alpha1/service-types.ts';
import { condition } from '../conditions.ts';
import type { KnativeStage } from '../stage.ts';

/** What a Configuration says of its Revisions. */
export interface Latest {
  readonly created: string;
  /** The one that became ready last; absent while none has. */
  readonly ready?: string;
}

/**
 * A user applies a manifest.
 *
 * @story on store.create.refused: The webhook refuses Service
 *   {service.metadata.name} before it is stored, and says what is wrong.
 * @story when service.spec.runLatest: on store.create: The user creates Service
 *   {service.metadata.name}, which asks for `runLatest`; the webhook fills in what
 *   was left out.
 * @story on store.create: The user creates Service {service.metadata.name}, the
 *   one object that anybody has to write.
 */
export async function apply(
  stage: KnativeStage,
  service: ServiceObject,
): Promise<void> {
  await stage.client.services.create(service);
}

/**
 * The user applies a manifest that cannot be carried out.
 *
 * @story on store.create.refused: The API server shows the Service to the webhook
 *   first, which refuses it; nothing is stored, and no controller hears of it.
 * @story returns: The user reads what is wrong: {result}.
 * @returns what the webhook says, without what the API server puts before it
 */
export async function applyInVain(
  stage: KnativeStage,
  service: ServiceObject,
): Promise<Error> {
  try {
    await stage.client.services.create(service);
  } catch (error) {
    const [, why = ''] = String(error).split('mutation failed: ');
    return new Error(why, { cause: error });
  }
  throw new TypeError('Cannot go on: the Service was not refused');
}

/**
 * The user edits the Service.
 *
 * @story on store.update: The user changes the spec of Service {stage.name}, and
 *   with it the generation that the API server counts.
 */
export async function change(
  stage: KnativeStage,
  spec: ServiceObject['spec'],
): Promise<void> {
  const { service } = stage;
  if (service === undefined) return;
  await stage.client.services.update({ ...service, spec: spec ?? {} });
}

/**
 * The user puts a label on the Service.
 *
 * @story on store.patch: The user labels Service {stage.name} with {key}, which
 *   gives it a new version.
 */
export async function label(
  stage: KnativeStage,
  key: string,
  value: string,
): Promise<void> {
  await stage.client.services.patch(stage.namespace, stage.name, {
    type: 'merge',
    body: { metadata: { labels: { [key]: value } } },
  });
}

/**
 * The user removes the Configuration of the Service's name.
 *
 * @story on store.delete: The user deletes the Configuration that is in the way,
 *   and no handler tells the Service's controller of it.
 */
export async function deleteConfiguration(stage: KnativeStage): Promise<void> {
  await stage.client.configurations.delete(stage.namespace, stage.name);
}

/**
 * The user asks how the Service is doing.
 *
 * @story when object.status.conditions.Ready.status == 'True': on store.get: The
 *   user reads the Service and finds it Ready, with the domain
 *   {object.status.domain}.
 * @story on store.get: The user reads Service {stage.name} and finds there what
 *   the controller has written.
 */
export async function look(stage: KnativeStage): Promise<ServiceObject> {
  return stage.client.services.get(stage.namespace, stage.name);
}

/**
 * Plays the configuration controller.
 *
 * @story when waiting: on store.updateStatus: Playing the configuration
 *   controller, the scenario reports {latest.created} as created and not ready
 *   yet.
 * @story on store.updateStatus: Playing the configuration controller, the scenario
 *   reports {latest.created} as created and ready.
 */
export async function reportRevision(
  stage: KnativeStage,
  latest: Latest,
): Promise<void> {
  const { configuration } = stage;
  if (configuration === undefined) return;
  const waiting = latest.created !== latest.ready;
  const { generation = 1 } = configuration.metadata;
  await stage.client.configurations.updateStatus({
    ...configuration,
    status: {
      conditions: [
        condition(stage.sim.now(), 'Ready', waiting ? 'Unknown' : 'True'),
      ],
      latestCreatedRevisionName: latest.created,
      latestReadyRevisionName: latest.ready,
      observedGeneration: generation,
    },
  });
}

/**
 * Plays the route controller: everything that is asked for is served.
 *
 * @story on store.updateStatus: As the route controller, the scenario reports
 *   that traffic is assigned and the ingress is ready.
 */
export async function reportTraffic(stage: KnativeStage): Promise<void> {
  const { configuration, route } = stage;
  if (route === undefined) return;
  const { name, namespace = '' } = route.metadata;
  const latest = configuration?.status?.latestReadyRevisionName;
  const now = stage.sim.now();
  await stage.client.routes.updateStatus({
    ...route,
    status: {
      conditions: ['AllTrafficAssigned', 'IngressReady', 'Ready'].map((type) =>
        condition(now, type),
      ),
      domain: `${name}.${namespace}.example.com`,
      domainInternal: `${name}.${namespace}.svc.cluster.local`,
      address: { hostname: `${name}.${namespace}.svc.cluster.local` },
      traffic: (route.spec?.traffic ?? []).map((target) =>
        resolved(target, latest),
      ),
      observedGeneration: route.metadata.generation,
    },
  });
}

/**
 * Plays the labeler.
 *
 * @story on store.patch: As the labeler, the scenario marks the Configuration with
 *   the name of the Route that uses it.
 */
export async function labelConfiguration(stage: KnativeStage): Promise<void> {
  const { configuration, route } = stage;
  if (configuration === undefined || route === undefined) return;
  const { name, namespace = '', resourceVersion } = configuration.metadata;
  const labels = { [routeLabelKey]: route.metadata.name };
  await stage.client.configurations.patch(namespace, name, {
    type: 'merge',
    body: { metadata: { labels, resourceVersion } },
  });
}

/** Sends to a Revision what was meant for whichever is the latest. */
function resolved(
  { configurationName, ...target }: TrafficTarget,
  latest: string | undefined,
): TrafficTarget {
  if (configurationName === undefined || latest === undefined) return target;
  return { ...target, revisionName: latest };
}
