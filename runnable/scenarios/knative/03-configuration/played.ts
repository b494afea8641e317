/**
 * Who is played here: the user, and the revision controller, which finds out
 * whether a Revision can run.
 *
 * Each writes to the API what the real one would write at this point, no more.
 */
import type { Condition } from '../../../knative/apis/duck/v1alpha1/conditions-types.ts';
import type {
  ConfigurationObject,
  ConfigurationSpec,
} from '../../../knative/apis/serving/v1alpha1/configuration-types.ts';
import type { RevisionObject } from '../../../knative/apis/serving/v1alpha1/revision-types.ts';
import { condition } from '../conditions.ts';
import { image } from '../helloworld.ts';
import type { KnativeStage } from '../stage.ts';
import { helloworld } from './stage.ts';

/**
 * The user applies a manifest.
 *
 * @story on store.create: The user creates Configuration {stage.name}, with one
 *   image and one environment variable in its template.
 */
export async function apply(stage: KnativeStage): Promise<void> {
  await stage.client.configurations.create(helloworld());
}

/**
 * The user edits the template.
 *
 * @story on store.update: The user changes the template of Configuration
 *   {stage.name}, and the API server counts a new generation.
 */
export async function change(
  stage: KnativeStage,
  spec: ConfigurationSpec,
): Promise<void> {
  const { configuration } = stage;
  if (configuration === undefined) return;
  await stage.client.configurations.update({ ...configuration, spec });
}

/**
 * The user puts a label on the Configuration, which has nothing to do with its
 * Revisions.
 *
 * @story on store.patch: The user labels Configuration {stage.name} with {key};
 *   its generation stays what it was.
 */
export async function label(
  stage: KnativeStage,
  key: string,
  value: string,
): Promise<void> {
  await stage.client.configurations.patch(stage.namespace, stage.name, {
    type: 'merge',
    body: { metadata: { labels: { [key]: value } } },
  });
}

/**
 * The user asks how the Configuration is doing.
 *
 * @story on store.get: The user reads Configuration {stage.name} and finds there
 *   what the controller has written.
 */
export async function look(stage: KnativeStage): Promise<ConfigurationObject> {
  return stage.client.configurations.get(stage.namespace, stage.name);
}

/**
 * The user asks whether a Revision is still there.
 *
 * @story on store.get: The user reads Revision {name} and finds it still there.
 */
export async function lookAtRevision(
  stage: KnativeStage,
  name: string,
): Promise<RevisionObject> {
  return stage.client.revisions.get(stage.namespace, name);
}

/**
 * Plays the revision controller while pods are being started.
 *
 * @story on store.updateStatus: Playing the revision controller, the scenario
 *   reports that {name} is being deployed.
 */
export async function reportDeploying(
  stage: KnativeStage,
  name: string,
): Promise<void> {
  const now = stage.sim.now();
  const why = { reason: 'Deploying' };
  await report(stage, name, [
    condition(now, 'BuildSucceeded'),
    condition(now, 'ContainerHealthy', 'Unknown', why),
    condition(now, 'Ready', 'Unknown', why),
    condition(now, 'ResourcesAvailable', 'Unknown', why),
  ]);
}

/**
 * Plays the revision controller when a pod answers.
 *
 * @story on store.updateStatus: Playing the revision controller, the scenario
 *   reports that {name} is ready.
 */
export async function reportReady(
  stage: KnativeStage,
  name: string,
): Promise<void> {
  await report(stage, name, allTrue(stage));
}

/**
 * Plays the revision controller when the registry has no such image.
 *
 * @story on store.updateStatus: Playing the revision controller, the scenario
 *   reports that the image of {name} cannot be fetched.
 */
export async function reportNoImage(
  stage: KnativeStage,
  name: string,
): Promise<void> {
  const now = stage.sim.now();
  const why = {
    reason: 'ContainerMissing',
    message: `Unable to fetch image "${wrongImage}": MANIFEST_UNKNOWN: manifest unknown`,
  };
  await report(stage, name, [
    condition(now, 'BuildSucceeded'),
    condition(now, 'ContainerHealthy', 'False', why),
    condition(now, 'Ready', 'False', why),
    condition(now, 'ResourcesAvailable', 'Unknown', { reason: 'Deploying' }),
  ]);
}

/** An image that no registry has, by one letter. */
export const wrongImage = `${image}o`;

/** The conditions of a Revision that runs. */
export function allTrue(stage: KnativeStage): Condition[] {
  return [
    'BuildSucceeded',
    'ContainerHealthy',
    'Ready',
    'ResourcesAvailable',
  ].map((type) => condition(stage.sim.now(), type));
}

async function report(
  stage: KnativeStage,
  name: string,
  conditions: readonly Condition[],
): Promise<void> {
  const revision = stage.revision(name);
  if (revision === undefined) return;
  await stage.client.revisions.updateStatus({
    ...revision,
    status: { conditions, observedGeneration: revision.metadata.generation },
  });
}
