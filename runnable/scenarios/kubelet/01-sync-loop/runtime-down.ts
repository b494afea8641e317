/**
 * The runtime does not answer for forty seconds: the loop reads nothing, not
 * even the news that a pod is to be created.
 */
import { image, isReady, nodeScenario, outcomeOf } from '../node-scenario.ts';

export const scenario = nodeScenario(
  {
    title: 'The runtime is silent',
    summary:
      'For 40 s every status call fails; a pod that comes meanwhile waits in the channel.',
    fold: ['call Cache.updateTime', 'clock.', 'chan.recv syncTicker'],
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
    const before = await outcomeOf(world, 'web');
    machine.script = {};
    await world.waitFor(() => isReady(world, 'web'), 30_000);
    return { before, after: await outcomeOf(world, 'web') };
  },
);
