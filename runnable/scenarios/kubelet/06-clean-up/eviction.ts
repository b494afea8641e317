/**
 * The node runs short of memory: the eviction manager has a pod killed and
 * waits for it; the pod stays as Failed, its containers do not.
 */
import {
  foldedBut,
  image,
  isReady,
  nodeScenario,
  outcomeOf,
} from '../node-scenario.ts';
import { startUp, startUpNote } from './start-up.ts';

export const scenario = nodeScenario(
  {
    title: 'An eviction',
    summary: 'A pod without any claims is evicted; one with a guarantee stays.',
    folded: foldedBut('cleanUp'),
    notes: [startUpNote],
    fold: [...startUp, 'call ContainerMachine'],
  },
  () => ({}),
  async (world) => {
    world.startKubelet();
    await world.at(1500);
    await world.createPod('web', {
      restartPolicy: 'Always',
      containers: [image('app')],
    });
    const limits = { cpu: '1', memory: '1Gi' };
    await world.createPod('db', {
      restartPolicy: 'Always',
      containers: [{ ...image('db'), resources: { limits } }],
    });
    await world.waitFor(() => isReady(world, 'web'), 30_000);
    await world.at(7000);
    world.kubelet.evictionManager.memoryPressure = true;
    await world.at(11_000);
    world.kubelet.evictionManager.memoryPressure = false;
    await world.at(20_000);
    return {
      web: outcomeOf(world, 'web'),
      db: outcomeOf(world, 'db'),
    };
  },
);
