/**
 * Who is played here: the configuration controller, which makes Revisions, the
 * autoscaler, which says whether they take part in traffic, and a user.
 *
 * Each writes to the API what the real one would write at this point, no more.
 */
import { PodAutoscaler } from '../../../knative/apis/autoscaling/v1alpha1/pa-types.ts';
import type { KResource } from '../../../knative/apis/duck/v1alpha1/conditions-types.ts';
import { kindToResource } from '../../../knative/apis/kind2resource.ts';
import { podAutoscalers } from '../../../knative/apis/resources.ts';
import { revisionLastPinnedAnnotationKey } from '../../../knative/apis/serving/register.ts';
import type { RevisionObject } from '../../../knative/apis/serving/v1alpha1/revision-types.ts';
import { condition } from '../conditions.ts';
import { image } from '../helloworld.ts';
import { build, revision } from './objects.ts';
import type { Wish } from './objects.ts';
import type { Stage } from './stage.ts';

/** The names that the API server makes for the first two Revisions. */
export const first = 'helloworld-go-00001';
export const second = 'helloworld-go-00002';

/**
 * Plays the configuration controller.
 *
 * @story on store.create: Playing the configuration controller, the scenario
 *   makes Revision {name} from a template.
 */
export async function makeFirst(
  stage: Stage,
  name: string,
  wish: Wish = {},
): Promise<void> {
  await stage.client.revisions.create(revision(name, wish));
}

/**
 * Plays the autoscaler while pods are wanted and none is ready.
 *
 * @story on store.updateStatus: Playing the autoscaler, the scenario says that
 *   requests to {name} would be queued: a pod is wanted, and none is ready.
 */
export async function reportQueued(stage: Stage, name: string): Promise<void> {
  await report(stage, name, (pa) => {
    pa.status.markActivating(
      'Queued',
      'Requests to the target are being buffered as resources are provisioned.',
    );
  });
}

/**
 * Plays the autoscaler once a pod is ready.
 *
 * @story on store.updateStatus: Playing the autoscaler, the scenario says that
 *   {name} is active.
 */
export async function reportActive(stage: Stage, name: string): Promise<void> {
  await report(stage, name, (pa) => {
    pa.status.markActive();
  });
}

/**
 * Plays whatever builds images.
 *
 * @story on store.create: A build begins, as somebody has asked for it.
 */
export async function beginBuild(stage: Stage): Promise<void> {
  await stage.api.resource(kindToResource(build)).create(build);
}

/**
 * Plays whatever builds images.
 *
 * @story when status == 'True': on store.updateStatus: The image is built, and the
 *   build says that it has succeeded.
 * @story on store.updateStatus: The build is at work and says so.
 */
export async function reportBuild(
  stage: Stage,
  status: 'Unknown' | 'True',
): Promise<void> {
  const client = stage.api.resource<KResource>(kindToResource(build));
  const { namespace = '', name } = build.metadata;
  const succeeded = condition(stage.sim.now(), 'Succeeded', status);
  const found = await client.get(namespace, name);
  await client.updateStatus({ ...found, status: { conditions: [succeeded] } });
}

/**
 * The user brings the image that was missing.
 *
 * @story The user pushes the image, and nobody tells the controller.
 */
export function push(stage: Stage): void {
  stage.registry.push(image, 'built at last');
}

/**
 * Plays the route controller, which says now and then that it uses a Revision.
 *
 * @story on store.patch: Playing the route controller, the scenario renews
 *   `lastPinned` on {name}; nothing else about it has changed.
 */
export async function pin(stage: Stage, name: string): Promise<void> {
  const seconds = String(Math.floor(stage.sim.now() / 1000));
  const annotations = { [revisionLastPinnedAnnotationKey]: seconds };
  await stage.client.revisions.patch(stage.namespace, name, {
    type: 'merge',
    body: { metadata: { annotations } },
  });
}

/**
 * The user asks how the Revision is doing.
 *
 * @story on store.get: The user reads Revision {name} and finds there what the
 *   controller has written.
 */
export async function look(
  stage: Stage,
  name: string,
): Promise<RevisionObject> {
  return stage.client.revisions.get(stage.namespace, name);
}

/** Writes the status of a Revision's PodAutoscaler. */
async function report(
  stage: Stage,
  name: string,
  mark: (pa: PodAutoscaler) => void,
): Promise<void> {
  const found = stage.podAutoscaler(name);
  if (found === undefined) return;
  const pa = new PodAutoscaler(found, stage.sim.clock);
  pa.status.initializeConditions();
  mark(pa);
  const { conditions } = pa.status;
  await stage.api
    .resource(podAutoscalers)
    .updateStatus({ ...found, ...{ status: { conditions } } });
}
