/**
 * The tag comes to mean another image, and an hour later the Deployment of the
 * Revision is deleted and made again.
 */
import { deployments } from '../../../../../runnable/apiserver/kinds.ts';
import type { Ports } from '../../../../../runnable/ports.ts';
import {
  cast,
  fold,
  folded,
  notes,
} from '../../../../../runnable/scenarios/knative/04-revision/cast.ts';
import {
  first,
  look,
  makeFirst,
  reportActive,
} from '../../../../../runnable/scenarios/knative/04-revision/played.ts';
import { Stage } from '../../../../../runnable/scenarios/knative/04-revision/stage.ts';
import { image } from '../../../../../runnable/scenarios/knative/helloworld.ts';
import type {
  Run,
  Scenario,
} from '../../../../../runnable/scenarios/scenario.ts';
import type { Sim } from '../../../../../runnable/sim/sim.ts';

export const scenario: Scenario = {
  title: 'A tag that moves',
  summary:
    'A new image is pushed under the same tag, and an hour later the Deployment is deleted; watch what is made again, of what, and what the status says meanwhile.',
  seed: 1,
  notes: [...notes, 'folded: what the cluster does with its pods'],
  cast,
  folded,
  fold: [
    ...fold,
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
      });
      const user = sim.go('user', async () => {
        await stage.at(3000);
        pushAgain(stage);
        await stage.at(3_600_000);
        await deleteDeployment(stage);
        await stage.at(3_603_000);
        await look(stage, first);
      });
      await Promise.all([played.done, user.done]);
      return stage.result;
    },
  };
}

/**
 * The user pushes an image under the tag that the Revision names.
 *
 * @story The user pushes another image, and the tag means that one from now on.
 */
function pushAgain(stage: Stage): void {
  stage.registry.push(image, 'built again');
}

/**
 * The user deletes the Deployment.
 *
 * @story on store.delete: The user deletes the Deployment of the Revision, and
 *   with it its pods.
 */
async function deleteDeployment(stage: Stage): Promise<void> {
  const name = `${first}-deployment`;
  await stage.api.resource(deployments).delete(stage.namespace, name);
}
