/**
 * A Revision is wanted, loses its pods again, and is wanted once more: who asks
 * for it each time, and who gets an answer.
 */
import { DedupingActivator } from '../../../../../runnable/knative/activator/dedupe.ts';
import { RevisionActivator } from '../../../../../runnable/knative/activator/revision.ts';
import type { Condition } from '../../../../../runnable/knative/apis/duck/v1alpha1/conditions-types.ts';
import { SugaredLogger } from '../../../../../runnable/knative/logging/logger.ts';
import { informers } from '../../../../../runnable/scenarios/knative/cast.ts';
import { condition } from '../../../../../runnable/scenarios/knative/conditions.ts';
import {
  loadRevision,
  revisionName,
} from '../../../../../runnable/scenarios/knative/scaling/objects.ts';
import { KnativeStage } from '../../../../../runnable/scenarios/knative/stage.ts';
import type {
  Run,
  Scenario,
} from '../../../../../runnable/scenarios/scenario.ts';
import type { Sim } from '../../../../../runnable/sim/sim.ts';

interface World {
  readonly stage: KnativeStage;
  readonly activator: DedupingActivator;
}

/** What became of a user's request. */
interface Told {
  readonly n: number;
  readonly status: number;
}

/** When users come, in milliseconds. */
const visits = [1000, 1500, 100_000];

export const scenario: Scenario = {
  title: 'Two visits',
  summary:
    'Two users come to a Revision without pods, and long after them a third one; watch who asks for the Revision, and who is told.',
  seed: 1,
  notes: [
    'cast: user = has a request at the activator; activator = waits for the Revision; scenario = plays everybody who starts and stops pods',
    'an API answer takes 2 ms; at the start the Revision is inactive; it becomes active at 3 s and inactive at 90 s, and active again at 102 s',
  ],
  cast: [
    { id: 'user', noun: 'the user', tasks: ['user *'] },
    {
      id: 'activator',
      noun: 'the activator',
      role: 'waits for the Revision',
      tasks: ['activate *', 'watch *'],
    },
    informers,
    {
      id: 'scenario',
      noun: 'the scenario',
      role: 'plays the rest of Knative',
      played: true,
      tasks: ['scenario'],
    },
  ],
  folded: [
    'knative/activator/revision.ts',
    'knative/apis',
    'knative/logging',
    'knative/reconciler',
  ],
  keep: ['call DedupingActivator.#dedupe #3'],
  fold: [
    'task.',
    'log ',
    'clock.',
    'watch.deliver',
    'chan.send events',
    'call report',
  ],
  begin: (sim) => begin(sim),
};

function begin(sim: Sim): Run {
  const stage = new KnativeStage(sim, {
    apiVersion: 'serving.knative.dev/v1alpha1',
    kind: 'Revision',
    metadata: { name: revisionName, namespace: 'default' },
  });
  const since = sim.now() - 40_000;
  loadRevision(sim, stage.store, { replicas: 0, active: 'False', since });
  const store = stage.store.client(sim);
  const logger = new SugaredLogger('activator');
  const world = {
    stage,
    activator: new DedupingActivator(
      sim,
      new RevisionActivator(sim, store, logger),
    ),
  };
  const told: Told[] = [];
  return {
    async main() {
      await stage.survey();
      visits.forEach((moment, index) => {
        sim.go(`user ${String(index + 1)}`, async () => {
          await stage.at(moment);
          told.push(await visit(world, index + 1));
        });
      });
      const played = sim.go('scenario', () => play(stage));
      await played.done;
      return told;
    },
  };
}

/** Everybody else, and a minute more than anybody should have to wait. */
async function play(stage: KnativeStage): Promise<void> {
  await stage.at(3000);
  await report(stage, 'True');
  await stage.at(90_000);
  await report(stage, 'False');
  await stage.at(102_000);
  await report(stage, 'True');
  await stage.at(170_000);
}

/**
 * A user whose request has come to the activator.
 *
 * @story The request of user {n} comes to the activator.
 * @story returns: After {took} the request of user {n} may go on, status {result.status}.
 */
async function visit({ activator }: World, n: number): Promise<Told> {
  const { status } = await activator.activeEndpoint('default', revisionName);
  return { n, status };
}

/**
 * Plays the revision controller, which says whether there are pods.
 *
 * @story when status == 'True': on store.updateStatus: A pod is ready, and the
 *   Revision becomes active.
 * @story on store.updateStatus: Nobody has used the Revision for a while, and it
 *   becomes inactive.
 */
async function report(
  stage: KnativeStage,
  status: Condition['status'],
): Promise<void> {
  const revision = stage.revision(revisionName);
  if (revision === undefined) return;
  const others = (revision.status?.conditions ?? []).filter(
    ({ type }) => type !== 'Active',
  );
  const active = condition(stage.sim.now(), 'Active', status);
  await stage.client.revisions.updateStatus({
    ...revision,
    status: { ...revision.status, conditions: [active, ...others] },
  });
}
