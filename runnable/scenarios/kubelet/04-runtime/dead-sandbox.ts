/**
 * The sandbox dies under running containers: all is killed, and initialization
 * starts again.
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
    title: 'A sandbox that died',
    summary:
      'At 8.2 s the sandbox dies; its successor begins with the init container.',
    folded: foldedBut('machine', 'runtime'),
    notes: ['init runs for 800 ms; the sandbox is killed at 8.2 s'],
    keep: ['call podSandboxChanged'],
    fold: [
      ...nodeFold,
      'call Cache',
      'call GenericPLEG',
      'call makePodDataDirs',
      'call sync-pod/syncPod',
      'chan.send configCh',
      'task.',
    ],
  },
  () => ({
    script: {
      container: ({ name }) => (name === 'init' ? { runs: 800 } : {}),
    },
  }),
  async (world) => {
    world.startKubelet();
    await world.at(1500);
    await world.createPod('web', {
      restartPolicy: 'Always',
      initContainers: [image('init')],
      containers: [image('app')],
    });
    await world.at(8200);
    const [sandbox = ''] = world.machine.sandboxes.keys();
    world.machine.killSandbox(sandbox);
    await world.at(10_000);
    await world.waitFor(() => isReady(world, 'web'), 60_000);
    return {
      ...outcomeOf(world, 'web'),
      sandboxes: [...world.machine.sandboxes.values()].map(
        ({ id, state, metadata }) =>
          `${id} attempt ${metadata.attempt} ${state}`,
      ),
    };
  },
);
