/**
 * Three pods that fail: one only has to wait, one has to wait and cannot be
 * made, and of the third the runtime does not tell.
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
    title: 'Three in trouble',
    summary:
      'Containers crash, miss their image or cannot be made; see which syncs end with an error.',
    folded: foldedBut('pods'),
    notes: [
      'crash ends with an error 300 ms after its start; pulls of missing:1 fail; broken cannot be created',
      'at 6.5 s the runtime stops telling the status of sandboxes',
    ],
    keep: [
      'call PodWorkers.wrapUp',
      'return sync-pod/syncPod',
      'throw sync-pod/syncPod',
    ],
    fold: [
      ...nodeFold,
      'call CRI.',
      'call Cache',
      'call ContainerMachine',
      'call GenericPLEG',
      'call PodContainerDeletor',
      'call PodWorkers.updatePod',
      'call computePodActions',
      'call createPodSandbox',
      'call makePodDataDirs',
      'chan.send configCh',
      'chan.send plegCh',
      'chan.send podContainerDeletor',
      'event ',
      'return CRI',
      'select.many',
      'store.patch',
      'task.',
    ],
  },
  () => ({
    script: {
      images: { 'missing:1': { pullTakes: 100, error: 'manifest unknown' } },
      container: ({ name }) => {
        if (name === 'broken') return { createError: 'no such device' };
        return name === 'crash' ? { runs: 300, exitCode: 1 } : {};
      },
    },
  }),
  async (world) => {
    world.startKubelet();
    await world.at(1500);
    await world.createPod('web', {
      restartPolicy: 'Always',
      containers: [image('crash'), image('missing')],
    });
    await world.createPod('mixed', {
      restartPolicy: 'Always',
      containers: [image('missing'), image('broken')],
    });
    await world.at(6500);
    world.machine.script = {
      ...world.machine.script,
      fault: (call) =>
        call === 'podSandboxStatus' ? 'connection refused' : undefined,
    };
    await world.createPod('db', {
      restartPolicy: 'Always',
      containers: [image('app')],
    });
    await world.at(6900);
    return outcomeOf(world, 'web');
  },
);
