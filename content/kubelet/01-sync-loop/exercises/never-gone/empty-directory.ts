/**
 * A node with a directory of manifests in which there is nothing: a pod of the
 * API comes and is deleted.
 */
import {
  foldedBut,
  image,
  isReady,
  nodeFold,
  nodeScenario,
  outcomeOf,
} from '../../../../../runnable/scenarios/kubelet/node-scenario.ts';

export const scenario = nodeScenario(
  {
    title: 'An empty directory',
    summary:
      'A pod is created and deleted on a node whose directory of manifests is empty.',
    folded: foldedBut('loop'),
    notes: [
      'the API and a directory are the sources; web is deleted at 4.1 s and has 1 s to stop',
    ],
    keep: [
      'chan.send source/',
      'log sync-loop',
      'task.start worker',
      'task.end worker',
    ],
    fold: [
      ...nodeFold,
      'call Cache.',
      'call ContainerMachine',
      'call GenericPLEG',
      'call PodContainerDeletor',
      'call computePodActions',
      'call createPodSandbox',
      'call makePodDataDirs',
      'chan.send plegCh',
      'chan.send podContainerDeletor',
      'event ',
      'return CRI',
      'select.many',
      'task.',
    ],
  },
  (ports) => ({ manifests: ports }),
  async (world) => {
    world.startKubelet();
    await world.at(1500);
    await world.createPod('web', {
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 1,
      containers: [image('app')],
    });
    await world.waitFor(() => isReady(world, 'web'), 10_000);
    await world.at(4100);
    await world.deletePod('web');
    await world.at(16_000);
    return outcomeOf(world, 'web');
  },
);
