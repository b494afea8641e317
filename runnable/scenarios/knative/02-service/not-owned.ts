/**
 * A Configuration of that name belongs to nobody the Service knows. The
 * controller says so, tries again and again, and waits longer each time;
 * nothing tells it when the stranger has gone.
 */
import { configurations } from '../../../knative/apis/resources.ts';
import { makeConfiguration } from '../../../knative/reconciler/v1alpha1/service/resources/configuration.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { cast, fold, folded, notes } from './cast.ts';
import { helloworld } from '../helloworld.ts';
import {
  apply,
  deleteConfiguration,
  look,
  reportRevision,
  reportTraffic,
} from './played.ts';
import { Stage } from './stage.ts';

export const scenario: Scenario = {
  title: 'Not ours',
  summary:
    'A Configuration of the Service’s name is already there; watch what the controller does not do, and what it waits for.',
  seed: 1,
  notes: [
    ...notes,
    'at the start there is a Configuration helloworld-go that nobody controls',
    'folded: reads from a cache; runs that fail like the one before, to the line that says when they are tried again',
  ],
  cast,
  folded,
  fold,
  begin: (sim) => begin(sim),
};

function begin(sim: Sim): Run {
  const service = helloworld();
  const stage = new Stage(sim, service);
  const { ownerReferences: _, ...metadata } =
    makeConfiguration(service).metadata;
  const stranger = { ...makeConfiguration(service), metadata };
  stage.store.load(configurations, [stranger]);
  const revision = `${stage.name}-00001`;
  return {
    async main() {
      await stage.survey();
      await stage.startController();
      const user = sim.go('user', async () => {
        await apply(stage, service);
        await stage.at(60);
        await deleteConfiguration(stage);
        await stage.at(3000);
        await look(stage);
      });
      const played = sim.go('scenario', async () => {
        await stage.at(1000);
        await reportRevision(stage, { created: revision, ready: revision });
        await stage.at(2000);
        await reportTraffic(stage);
      });
      await Promise.all([user.done, played.done]);
      return stage.service;
    },
  };
}
