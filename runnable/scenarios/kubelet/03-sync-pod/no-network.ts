/**
 * The network plugin is not ready: pods with a network of their own fail fast
 * and are tried again soon, pods of the host's network start.
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
    title: 'No network yet',
    summary:
      'Two pods come before the network plugin is ready; only the one on the host network starts.',
    folded: foldedBut('pods'),
    notes: ['the network plugin is ready from 8 s on'],
    fold: [
      ...nodeFold,
      'call Cache',
      'call GenericPLEG',
      'call computePodActions',
      'call createPodSandbox',
      'call makePodDataDirs',
      'event ',
    ],
  },
  () => ({}),
  async (world) => {
    world.machine.networkReady = false;
    world.startKubelet();
    await world.at(1500);
    const containers = [image('app')];
    await world.createPod('web', { restartPolicy: 'Always', containers });
    await world.createPod('host', {
      restartPolicy: 'Always',
      hostNetwork: true,
      containers,
    });
    await world.at(8000);
    const before = outcomeOf(world, 'web');
    const host = outcomeOf(world, 'host');
    world.machine.networkReady = true;
    await world.waitFor(() => isReady(world, 'web'), 30_000);
    return { before, host, after: outcomeOf(world, 'web') };
  },
);
