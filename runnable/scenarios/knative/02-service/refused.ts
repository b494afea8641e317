/**
 * Manifests that make no sense: the webhook stands before the store, and a
 * controller never meets them.
 */
import type { ServiceObject } from '../../../knative/apis/serving/v1alpha1/service-types.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { helloworld, template } from '../helloworld.ts';
import { cast, fold, folded, notes } from './cast.ts';
import { apply, applyInVain } from './played.ts';
import { Stage } from './stage.ts';

export const scenario: Scenario = {
  title: 'Refused at the door',
  summary:
    'Two modes, a share of 120 percent, a name of 64 letters: watch who notices, and what is never stored.',
  seed: 1,
  notes: [...notes, 'folded: reads from a cache; what is decided inside a run'],
  cast,
  folded,
  fold: [...fold, 'call ServiceStatus.'],
  begin: (sim) => begin(sim),
};

function begin(sim: Sim): Run {
  const stage = new Stage(sim, helloworld());
  return {
    async main() {
      await stage.startController();
      const said: string[] = [];
      const user = sim.go('user', async () => {
        for (const [index, service] of mistakes().entries()) {
          await stage.at(index * 1000);
          const { message } = await applyInVain(stage, service);
          said.push(message);
        }
        await stage.at(3000);
        await apply(stage, helloworld());
        await stage.at(4000);
      });
      await user.done;
      return { ...stage.service, said };
    },
  };
}

/** Each of them a single mistake. */
function mistakes(): ServiceObject[] {
  const right = helloworld();
  const configuration = template('Go Sample v1');
  const revisions = ['helloworld-go-00001', '@latest'];
  const release = { revisions, rolloutPercent: 120, configuration };
  const name = 'helloworld-go-'.padEnd(64, 'o');
  return [
    { ...right, spec: { ...right.spec, manual: {} } },
    { ...right, spec: { release } },
    { ...right, metadata: { ...right.metadata, name } },
  ];
}
