/**
 * The whole life of one pod: two init containers, two containers, deletion.
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
    title: 'One pod, from the watch to the grave',
    summary:
      'A pod with two init containers and two containers comes, becomes ready and is deleted.',
    folded: foldedBut('loop'),
    notes: [
      'init-db runs for 2 s, init-cfg for 1.2 s; app and log end 500 ms after they are asked to',
    ],
    keep: [
      'call PodWorkers.updatePod sync',
      'call handlePod',
      'chan.send configCh #12',
      'chan.send source/api #2',
      'chan.send source/api #3',
    ],
    fold: [
      ...nodeFold,
      'call CRI.',
      'call Cache.',
      'call ContainerMachine',
      'call GenericPLEG',
      'call PodContainerDeletor',
      'call PodWorkers.updatePod sync #2',
      'call PodWorkers.updatePod sync #7',
      'call computePodActions',
      'call handlePodCleanups',
      'call handlePodSyncs',
      'call makePodDataDirs #',
      'call sync-pod/syncPod sync',
      'chan.send plegCh #10',
      'chan.send plegCh #11',
      'chan.send plegCh #12',
      'chan.send plegCh #13',
      'chan.send plegCh #14',
      'chan.send podContainerDeletor',
      'event ',
      'return CRI',
      'state Container',
      'store.patch Pod default/web #7',
      'store.patch Pod default/web #9',
      'store.patch Pod default/web #10',
    ],
  },
  () => ({
    script: {
      container: ({ name }) => {
        if (name === 'init-db') return { runs: 2000 };
        return name === 'init-cfg' ? { runs: 1200 } : { stops: 500 };
      },
    },
  }),
  async (world) => {
    world.startKubelet();
    await world.at(1500);
    await world.createPod('web', {
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 5,
      initContainers: [image('init-db'), image('init-cfg')],
      containers: [image('app'), image('log')],
    });
    const ready = await world.waitFor(() => isReady(world, 'web'), 60_000);
    await world.deletePod('web');
    const gone = (): boolean => world.pod('web') === undefined;
    await world.waitFor(gone, 60_000);
    return { ready, ...outcomeOf(world, 'web') };
  },
);
