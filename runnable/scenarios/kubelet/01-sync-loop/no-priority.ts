/**
 * Several channels are ready at once, and chance decides which is read.
 */
import {
  foldedBut,
  image,
  nodeFold,
  nodeScenario,
  outcomeOf,
} from '../node-scenario.ts';

export const scenario = nodeScenario(
  {
    title: 'No channel comes first',
    summary:
      'The loop is late: news, ticks and housekeeping wait for it, and the select picks by chance.',
    folded: foldedBut('loop'),
    notes: [
      'the first status call fails, so the loop sleeps until 6.3 s; a, b and c come at 2 s',
    ],
    keep: ['select.many', 'clock.sleep loop', 'call handlePodAdditions'],
    fold: [
      ...nodeFold,
      'call ContainerMachine',
      'call GenericPLEG',
      'call CRI.',
      'call Cache.',
      'call computePodActions',
      'call createPodSandbox',
      'call makePodDataDirs',
      'event ',
      'return CRI',
      'chan.send plegCh',
      'state Container',
    ],
  },
  () => ({}),
  async (world) => {
    const { machine } = world;
    machine.script = {
      fault: (call) => (call === 'status' ? 'connection refused' : undefined),
    };
    world.startKubelet();
    await world.at(1000);
    machine.script = {};
    await world.at(2000);
    const names = ['a', 'b', 'c'];
    const containers = [image('app')];
    for (const name of names) {
      await world.createPod(name, { restartPolicy: 'Always', containers });
    }
    await world.at(12_000);
    const pods: Record<string, unknown> = {};
    for (const name of names) pods[name] = outcomeOf(world, name);
    return pods;
  },
);
