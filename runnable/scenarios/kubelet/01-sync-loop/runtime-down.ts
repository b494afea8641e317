/**
 * The runtime does not answer for forty seconds: the loop reads nothing, not
 * even the news that a pod is to be created.
 */
import {
  foldedBut,
  image,
  isReady,
  nodeFold,
  nodeScenario,
  outcomeOf,
} from '../node-scenario.ts';

export const scenario = nodeScenario(
  {
    title: 'The runtime is silent',
    summary:
      'For 40 s every status call fails; a pod that comes meanwhile waits in the channel.',
    folded: foldedBut('loop'),
    notes: [
      'status calls fail from 2 s to 42 s; the kubelet asks every 5 s, and its loop stops when the last good answer is 30 s old',
    ],
    keep: ['clock.sleep loop', 'select.many'],
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
    ],
  },
  () => ({}),
  async (world) => {
    const { machine } = world;
    world.startKubelet();
    await world.at(2000);
    machine.script = {
      fault: (call) => (call === 'status' ? 'connection refused' : undefined),
    };
    await world.at(36_000);
    await world.createPod('web', {
      restartPolicy: 'Always',
      containers: [image('app')],
    });
    await world.at(42_000);
    const before = outcomeOf(world, 'web');
    machine.script = {};
    await world.waitFor(() => isReady(world, 'web'), 30_000);
    return { before, after: outcomeOf(world, 'web') };
  },
);
