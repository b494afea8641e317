/**
 * A volume that never attaches: one worker waits for two minutes and three
 * seconds, and nobody else does.
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
    title: 'A volume that never attaches',
    summary:
      'One pod waits for its volume for two minutes and three seconds; another one starts meanwhile.',
    folded: foldedBut(),
    notes: [
      'the volume is never attached; the volume manager looks every 100 ms and tries after rests of 0.5 s, 1 s, 2 s and so on, which is folded',
    ],
    cast: castWithVolumes,
    keep: [
      'call VolumeManager.waitForAttachAndMount uid-pod1',
      'throw VolumeManager',
    ],
    fold: [
      ...nodeFold,
      'call Cache',
      'call GenericPLEG',
      'call computePodActions',
      'call createPodSandbox',
      'task.end mount',
      'task.start mount',
    ],
  },
  () => ({ volumes: () => ({ attachTakes: 'never' }) }),
  async (world) => {
    world.startKubelet();
    await world.at(1500);
    await world.createPod('stuck', {
      restartPolicy: 'Always',
      containers: [image('app')],
      volumes: [{ name: 'data', awsElasticBlockStore: { volumeID: 'vol-1' } }],
    });
    await world.createPod('web', {
      restartPolicy: 'Always',
      containers: [image('app')],
    });
    const ready = await world.waitFor(() => isReady(world, 'web'), 30_000);
    await world.at(126_000);
    return {
      ready,
      stuck: outcomeOf(world, 'stuck'),
      events: world.reasons.filter((reason) => reason === 'FailedMount'),
    };
  },
);
