/**
 * A VirtualService of the right name that nobody owns, as a restored backup
 * leaves it: the controller touches nothing and tries again.
 */
import { deepCopy } from '../../../apiserver/objects.ts';
import { virtualServices } from '../../../knative/apis/resources.ts';
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { ControlPlane } from '../control-plane.ts';
import { helloworld, hostOf } from '../helloworld.ts';
import { cast, foldFound, folded, notes } from './cast.ts';
import { curl, deleteVirtualService, look } from './played.ts';
import type { Printed } from './played.ts';
import { loadServing } from './ready.ts';
import { viewOf } from './view.ts';

const retry = 'queue.addRateLimited ClusterIngresses route-uid-r1';

export const scenario: Scenario = {
  title: 'Somebody else’s VirtualService',
  summary:
    'The VirtualService was restored without its owner; watch the failure climb from the ingress to the Service while requests are answered, and the other way round.',
  seed: 1,
  notes: [
    ...notes,
    'at the start everything is ready, but the VirtualService has no owner',
    'folded: reads, deliveries, queue steps, further failures of the same key',
  ],
  cast,
  folded,
  fold: [
    ...foldFound,
    'call IngressStatus.markResourceNotOwned #',
    ...[3, 4, 5, 6, 7, 8].map((n) => `${retry} #${n}`),
  ],
  begin: (sim, ports) => begin(sim, ports),
};

function begin(sim: Sim, ports: Ports): Run {
  const stage = new ControlPlane(sim, ports, helloworld());
  loadServing(stage);
  disown(stage);
  return {
    view: viewOf(stage),
    async main() {
      await stage.survey();
      await stage.startAll();
      const answers: Printed[] = [];
      const user = sim.go('user', async () => {
        await stage.at(1000);
        await look(stage);
        answers.push(await curl(stage, hostOf(stage)));
        await stage.at(2000);
        await deleteVirtualService(stage);
        await stage.at(2200);
        answers.push(await curl(stage, hostOf(stage)));
        await stage.at(4000);
        await look(stage);
        answers.push(await curl(stage, hostOf(stage)));
      });
      await user.done;
      return { answers, service: stage.service };
    },
  };
}

/** Takes the owner from the VirtualService, and the labels with it. */
function disown(stage: ControlPlane): void {
  const { virtualService } = stage;
  if (virtualService === undefined) return;
  const stored = deepCopy(virtualService);
  delete stored.metadata.ownerReferences;
  delete stored.metadata.labels;
  stage.store.load(virtualServices, [stored]);
}
