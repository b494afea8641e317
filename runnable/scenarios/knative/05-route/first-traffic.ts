/**
 * A Route meets a Configuration that has no ready Revision yet; when there is
 * one, everything that leads to it is built, in an order that matters.
 */
import type { RouteObject } from '../../../knative/apis/serving/v1alpha1/route-types.ts';
import { reportRevision } from '../02-service/played.ts';
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { cast, fold, folded, notes } from './cast.ts';
import { apply, look, reportIngress, reportReady, routeTo } from './played.ts';
import { loadStarting } from './ready.ts';
import { Stage } from './stage.ts';

export const scenario: Scenario = {
  title: 'The first traffic',
  summary:
    'A Route is created before its Revision is ready; watch what it waits for, what wakes it, and in which order it builds.',
  seed: 1,
  notes: [
    ...notes,
    'at the start there is a Configuration whose first Revision is being deployed',
    'folded: reads from a cache; events recorded right after the write they report',
  ],
  cast,
  folded,
  fold,
  accepts: 'serving.knative.dev/v1alpha1 Route',
  begin: (sim, ports, input) => begin(sim, ports, input),
};

function begin(sim: Sim, ports: Ports, input: unknown): Run {
  const own = input as RouteObject | undefined;
  const stage = new Stage(sim, ports, own);
  const { name: configurationName, namespace } = stage;
  const route = own ?? routeTo(stage, { configurationName, percent: 100 });
  const first = stage.nth(1);
  loadStarting(stage);
  return {
    async main() {
      await stage.survey();
      await stage.startControllers();
      const user = sim.go('user', async () => {
        await apply(stage, inNamespace(route, namespace));
        await stage.at(4000);
        await look(stage);
      });
      const played = sim.go('scenario', async () => {
        await stage.at(1000);
        await reportReady(stage, first);
        await reportRevision(stage, { created: first, ready: first });
        await stage.at(3000);
        await reportIngress(stage);
      });
      await Promise.all([user.done, played.done]);
      return stage.result;
    },
  };
}

/** The reader's Route as it is sent; it may leave its namespace out. */
function inNamespace(route: RouteObject, namespace: string): RouteObject {
  const { metadata, spec = {} } = route;
  const { traffic = [] } = spec;
  return {
    ...route,
    metadata: { ...metadata, namespace },
    spec: { ...spec, traffic: traffic.map((target) => ({ ...target })) },
  };
}
