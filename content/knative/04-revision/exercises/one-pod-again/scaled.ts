/**
 * Two others write to the Deployment of a Revision: the autoscaler, which says
 * how many pods there shall be, and somebody who meddles with it.
 */
import { deployments } from '../../../../../runnable/apiserver/kinds.ts';
import type { Deployment } from '../../../../../runnable/knative/apis/apps/v1/types.ts';
import type { Ports } from '../../../../../runnable/ports.ts';
import {
  cast,
  fold,
  folded,
  notes,
} from '../../../../../runnable/scenarios/knative/04-revision/cast.ts';
import {
  first,
  makeFirst,
  reportActive,
} from '../../../../../runnable/scenarios/knative/04-revision/played.ts';
import { Stage } from '../../../../../runnable/scenarios/knative/04-revision/stage.ts';
import type {
  Run,
  Scenario,
} from '../../../../../runnable/scenarios/scenario.ts';
import type { Sim } from '../../../../../runnable/sim/sim.ts';

export const scenario: Scenario = {
  title: 'Scaled by somebody else',
  summary:
    'The autoscaler asks for three pods, a user meddles, the autoscaler asks for none; watch what the controller writes to the Deployment.',
  seed: 1,
  notes: [
    ...notes,
    'folded: what the cluster does with its pods, and where a run ends',
  ],
  cast,
  folded: [...folded, 'cluster'],
  fold: [
    ...fold,
    'queue.done Revisions',
    'queue.addRateLimited deployment-controller',
    'store.conflict Deployment',
    'store.create Endpoints',
    'store.create Pod',
    'store.delete Pod',
    'store.update Endpoints',
    'store.updateStatus Pod default',
  ],
  begin: (sim, ports) => begin(sim, ports),
};

function begin(sim: Sim, ports: Ports): Run {
  const stage = new Stage(sim, ports);
  return {
    async main() {
      await stage.startController();
      const played = sim.go('scenario', async () => {
        await makeFirst(stage, first);
        await stage.at(2000);
        await reportActive(stage, first);
        await stage.at(3000);
        await scale(stage, 3);
        await stage.at(5000);
        await scale(stage, 0);
      });
      const user = sim.go('user', async () => {
        await stage.at(4000);
        await meddle(stage);
        await stage.at(5500);
      });
      await Promise.all([played.done, user.done]);
      return stage.result;
    },
  };
}

const name = `${first}-deployment`;

/**
 * Plays the autoscaler.
 *
 * @story on store.patch: Playing the autoscaler, the scenario asks the Deployment
 *   for another number of pods.
 */
async function scale(stage: Stage, replicas: number): Promise<void> {
  await stage.api.resource(deployments).patch(stage.namespace, name, {
    type: 'merge',
    body: { spec: { replicas } },
  });
}

/**
 * The user takes the queue proxy out of the pods.
 *
 * @story on store.update: The user takes the queue proxy out of the Deployment,
 *   which is no business of his.
 */
async function meddle(stage: Stage): Promise<void> {
  const client = stage.api.resource<Deployment>(deployments);
  const found = await client.get(stage.namespace, name);
  const template = found.spec?.template;
  const containers = (template?.spec?.containers ?? []).slice(0, 1);
  await client.update({
    ...found,
    spec: {
      ...found.spec,
      template: { ...template, spec: { ...template?.spec, containers } },
    },
  });
}
