/**
 * The runtime is late at the start, and once more half a minute later; a pod
 * comes during the second outage.
 */
import {
  foldedBut,
  image,
  nodeFold,
  nodeScenario,
  outcomeOf,
} from '../../../../../runnable/scenarios/kubelet/node-scenario.ts';

export const scenario = nodeScenario(
  {
    title: 'Two outages',
    summary:
      'The runtime answers late twice: for five seconds at the start, and for a moment after half a minute.',
    folded: foldedBut('loop'),
    notes: [
      'the status calls at 0 s and from 10 s to 30 s fail, and the one at 35 s takes 500 ms',
    ],
    keep: ['clock.sleep loop', 'task.start worker'],
    fold: [
      ...nodeFold,
      'call ContainerMachine',
      'call GenericPLEG',
      'call CRI.',
      'call Cache.',
      'call computePodActions',
      'call createPodSandbox',
      'call makePodDataDirs',
      'chan.send plegCh',
      'event ',
      'return CRI',
      'select.many',
      'state Container',
      'task.',
    ],
  },
  () => ({}),
  async (world) => {
    const { machine } = world;
    const down = {
      fault: (call: string) =>
        call === 'status' ? 'connection refused' : undefined,
    };
    machine.script = down;
    world.startKubelet();
    await world.at(1000);
    machine.script = {};
    await world.at(6000);
    machine.script = down;
    await world.at(31_000);
    machine.script = { delay: (call) => (call === 'status' ? 500 : 0) };
    await world.at(35_200);
    await world.createPod('web', {
      restartPolicy: 'Always',
      containers: [image('app')],
    });
    await world.at(41_000);
    return outcomeOf(world, 'web');
  },
);
