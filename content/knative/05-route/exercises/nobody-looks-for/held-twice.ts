/**
 * A Route that somebody else holds as well is deleted, and the process dies
 * while it cleans up.
 */
import { routes } from '../../../../../runnable/knative/apis/resources.ts';
import type { Ports } from '../../../../../runnable/ports.ts';
import {
  cast,
  collector,
  foldFound,
  folded,
  notes,
} from '../../../../../runnable/scenarios/knative/05-route/cast.ts';
import {
  die,
  look,
  remove,
  startAgain,
} from '../../../../../runnable/scenarios/knative/05-route/played.ts';
import { loadServing } from '../../../../../runnable/scenarios/knative/05-route/ready.ts';
import { Stage } from '../../../../../runnable/scenarios/knative/05-route/stage.ts';
import type {
  Run,
  Scenario,
} from '../../../../../runnable/scenarios/scenario.ts';
import type { Sim } from '../../../../../runnable/sim/sim.ts';

const other = 'backup.example.com';

export const scenario: Scenario = {
  title: 'Held twice',
  summary:
    'A Route with two finalizers is deleted; watch whose turn it is, and what is left when the process dies.',
  seed: 1,
  notes: [
    ...notes,
    'at the start the first Revision gets all traffic, and a backup program holds the Route, too; it lets go at 2 s; the process dies at 2.002 s and is started again at 3 s',
  ],
  cast: [...cast, collector],
  folded,
  fold: foldFound,
  begin: (sim, ports) => begin(sim, ports),
};

function begin(sim: Sim, ports: Ports): Run {
  const stage = new Stage(sim, ports);
  loadServing(stage);
  hold(stage);
  return {
    async main() {
      await stage.survey();
      const process = await stage.startControllers();
      const user = sim.go('user', async () => {
        await stage.at(1000);
        await remove(stage);
        await stage.at(1500);
        if (stage.route !== undefined) await look(stage);
      });
      const played = sim.go('scenario', async () => {
        await stage.at(2000);
        await letGo(stage);
        await stage.at(2002);
        die(process);
        await stage.at(3000);
        await startAgain(stage);
        await stage.at(4000);
      });
      await Promise.all([user.done, played.done]);
      return stage.result;
    },
  };
}

/** Puts the finalizer of a backup program before the controller's own. */
function hold(stage: Stage): void {
  const { route } = stage;
  if (route === undefined) return;
  const { metadata } = route;
  const finalizers = [other, ...(metadata.finalizers ?? [])];
  const held = { ...route, metadata: { ...metadata, finalizers } };
  stage.store.load(routes, [held]);
}

/**
 * Plays the backup program, which has copied the Route.
 *
 * @story on store.patch: The backup program has copied the Route, and takes its
 *   finalizer off.
 */
async function letGo(stage: Stage): Promise<void> {
  const { route, namespace, routeName } = stage;
  if (route === undefined) return;
  const present = route.metadata.finalizers ?? [];
  const finalizers = present.filter((each) => each !== other);
  await stage.client.routes.patch(namespace, routeName, {
    type: 'merge',
    body: { metadata: { finalizers } },
  });
}
