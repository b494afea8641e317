/**
 * A container crashes twice; while its successor has to wait, somebody removes
 * the last dead instance by hand.
 */
import {
  foldedBut,
  image,
  nodeScenario,
  outcomeOf,
} from '../../../../../runnable/scenarios/kubelet/node-scenario.ts';
import {
  startUp,
  startUpNote,
} from '../../../../../runnable/scenarios/kubelet/06-clean-up/start-up.ts';

export const scenario = nodeScenario(
  {
    title: 'Removed by hand',
    summary:
      'Between two instances somebody removes the last dead one, and with it what the kubelet knew of the past.',
    folded: foldedBut('cleanUp'),
    notes: [
      'app crashes at 5.5 s and at 11.5 s; at 13.5 s somebody on the node removes its last dead instance',
      startUpNote,
    ],
    fold: startUp.filter((each) => each !== 'call CRI.createContainer'),
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
    world.machine.exit('c1', 1);
    await world.at(11_500);
    world.machine.exit('c2', 1);
    await world.at(13_500);
    world.machine.removeContainer('c2');
    await world.at(30_000);
    return {
      ...outcomeOf(world, 'web'),
      restarts: world
        .pod('web')
        ?.status.containerStatuses?.map(({ restartCount }) => restartCount),
    };
  },
);
