/**
 * What is prepared before the runtime is asked: a cgroup, three directories, a
 * volume that takes its time, a pull secret of which one is missing.
 */
import {
  castWithVolumes,
  foldedBut,
  image,
  isReady,
  nodeFold,
  nodeScenario,
  outcomeOf,
} from '../node-scenario.ts';

export const scenario = nodeScenario(
  {
    title: 'Directories, a volume, a secret',
    summary:
      'A pod waits for its volume to be attached and mounted before any container starts.',
    folded: foldedBut('pods', 'volumes'),
    notes: [
      'attaching takes 1.5 s, mounting 400 ms; of two pull secrets, one exists',
    ],
    cast: castWithVolumes,
    keep: [
      'call VolumeManager.waitForAttachAndMount uid-pod1',
      'call ensureCgroup',
      'chan.send podStatusChannel',
      'return VolumeManager.waitForAttachAndMount uid-pod1',
      'return getPullSecretsForPod',
      'return sync-pod/syncPod create',
    ],
    fold: [
      ...nodeFold,
      'call GenericPLEG',
      'call VolumeManager.waitForAttachAndMount uid-pod1 #',
      'call ensureCgroup #',
      'return VolumeManager.waitForAttachAndMount uid-pod1 #',
      'return getPullSecretsForPod #',
    ],
  },
  () => ({
    volumes: () => ({ attachTakes: 1500, mountTakes: 400 }),
    getSecret: async (_namespace, name) => name === 'registry',
  }),
  async (world) => {
    world.startKubelet();
    await world.at(1500);
    await world.createPod('web', {
      restartPolicy: 'Always',
      containers: [image('app')],
      volumes: [{ name: 'data', awsElasticBlockStore: { volumeID: 'vol-1' } }],
      imagePullSecrets: [{ name: 'registry' }, { name: 'missing' }],
    });
    await world.waitFor(() => isReady(world, 'web'), 60_000);
    return {
      ...outcomeOf(world, 'web'),
      paths: [...world.os.entries.keys()].filter((path) =>
        path.startsWith('/var/lib/kubelet/pods/'),
      ),
    };
  },
);
