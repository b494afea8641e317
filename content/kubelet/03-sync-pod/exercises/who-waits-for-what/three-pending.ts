/**
 * Before the network is ready come three pods, two of them with a volume; one
 * of the volumes is never attached.
 */
import {
  castWithVolumes,
  foldedBut,
  image,
  nodeFold,
  nodeScenario,
  outcomeOf,
} from '../../../../../runnable/scenarios/kubelet/node-scenario.ts';

const volumes = [{ name: 'data', awsElasticBlockStore: { volumeID: 'vol-1' } }];

export const scenario = nodeScenario(
  {
    title: 'Three pending',
    summary:
      'Three pods are Pending; one waits for its volume, and not every pod with a volume does.',
    folded: foldedBut('pods', 'volumes'),
    notes: [
      'the network plugin is not ready; disk uses the network of the node, net and both do not',
      'disk and both have a volume each; only that of both can be attached, which takes 500 ms',
    ],
    cast: castWithVolumes,
    keep: [
      'call VolumeManager.waitForAttachAndMount',
      'task.end mount',
      'task.start mount',
      'task.start worker',
    ],
    fold: [
      ...nodeFold,
      'call Cache',
      'call GenericPLEG',
      'call computePodActions',
      'call createPodSandbox',
      'chan.send configCh',
      'event NetworkNotReady',
      'select.many',
      'task.',
      'task.end mount uid-pod1',
      'task.start mount uid-pod1',
    ],
  },
  () => ({
    volumes: ({ metadata: { name } }) =>
      name === 'disk'
        ? { attachTakes: 'never' }
        : { attachTakes: 500, mountTakes: 200 },
  }),
  async (world) => {
    world.machine.networkReady = false;
    world.startKubelet();
    const containers = [image('app')];
    const spec = { restartPolicy: 'Always', containers } as const;
    await world.at(1500);
    await world.createPod('disk', { ...spec, hostNetwork: true, volumes });
    await world.createPod('net', spec);
    await world.createPod('both', { ...spec, volumes });
    await world.at(6000);
    return {
      disk: outcomeOf(world, 'disk'),
      net: outcomeOf(world, 'net'),
      both: outcomeOf(world, 'both'),
      reasons: [...new Set(world.reasons)],
    };
  },
);
