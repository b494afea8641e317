/**
 * A pod with two init containers is running when its sandbox dies.
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
    title: 'A second sandbox',
    summary:
      'A pod with two init containers loses its sandbox, and begins again in another one.',
    folded: foldedBut('machine', 'runtime'),
    notes: [
      'init-db runs for 2 s and init-cfg for 400 ms; the sandbox is killed at 8.2 s',
    ],
    keep: ['call podSandboxChanged'],
    fold: [
      ...nodeFold,
      'call Cache',
      'call GenericPLEG',
      'call makePodDataDirs',
      'call sync-pod/syncPod',
      'chan.send configCh',
      'event ',
      'task.',
    ],
  },
  () => ({
    script: {
      container: ({ name }) => {
        if (name === 'init-db') return { runs: 2000 };
        return name === 'init-cfg' ? { runs: 400 } : {};
      },
    },
  }),
  async (world) => {
    world.startKubelet();
    await world.at(1500);
    await world.createPod('web', {
      restartPolicy: 'Always',
      initContainers: [image('init-db'), image('init-cfg')],
      containers: [image('app')],
    });
    await world.at(8200);
    world.machine.killSandbox('s1');
    await world.at(12_500);
    return outcomeOf(world, 'web');
  },
);
