/**
 * A container dies; half a second later a relist sees it, and the kubelet
 * starts another.
 */
import { foldedBut, image, nodeScenario, outcomeOf } from '../node-scenario.ts';

export const scenario = nodeScenario(
  {
    title: 'Seen at the next look',
    summary:
      'A container dies between two relists, and is dead for the kubelet only at the second.',
    folded: foldedBut('pleg'),
  },
  () => ({}),
  async (world) => {
    world.startKubelet();
    await world.at(1500);
    await world.createPod('web', {
      restartPolicy: 'Always',
      containers: [image('app')],
    });
    await world.at(5500);
    world.machine.exit('c1', 137, 'OOMKilled');
    await world.at(9000);
    return outcomeOf(world, 'web');
  },
);
