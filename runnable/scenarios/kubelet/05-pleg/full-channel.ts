/**
 * The channel of PLEG is full, so the relist waits; after three minutes PLEG
 * counts as sick, so the loop stops reading: nobody will ever move again.
 */
import { foldedBut, image, nodeScenario } from '../node-scenario.ts';

export const scenario = nodeScenario(
  {
    title: 'A full channel, and everybody waits',
    summary:
      'The loop is held up for a while, the channel fills, the relist blocks; then the loop waits for the relist.',
    folded: foldedBut('loop'),
    notes: [
      'the channel has room for 4 events, upstream for 1,000',
      'listing the running pods takes four minutes once, which holds up housekeeping and with it the loop',
      'folded: how the pods start, what the workers do, and all containers but c1, which fare alike',
    ],
    keep: [
      'chan.send plegCh #',
      'chan.send plegCh full',
      'log sync-loop #25',
      'log sync-loop #32',
    ],
    fold: [
      'call Cache',
      'clock.',
      'chan.recv',
      'chan.send sync',
      'chan.send house',
      'select.',
      'call CRI',
      'call Kube',
      'call compute',
      'call doBackOff',
      'call ensureCgroup',
      'call VolumeManager',
      'call start',
      'call create',
      'call kill',
      'call make',
      'call pod',
      'call sync',
      'call PodWorkers',
      'return ',
      'chan.send podUpdates',
      'chan.send podStatus',
      'chan.send cache',
      'chan.send configCh',
      'chan.send source',
      'task.start',
      'store.patch',
      'event ',
      'chan.close',
      'log GenericPLEG',
      ...['c2', 'c3', 'c4', 'c5', 'c6'].map((id) => `state Container ${id}`),
    ],
  },
  () => ({ plegChannelCapacity: 4 }),
  async (world, sim) => {
    world.startKubelet();
    await world.at(1500);
    for (const name of ['a', 'b', 'c']) {
      await world.createPod(name, {
        restartPolicy: 'Always',
        containers: [image('app'), image('log')],
      });
    }
    await world.at(6000);
    const { containerRuntime, pleg, runtimeState } = world.kubelet;
    const getPods = containerRuntime.getPods.bind(containerRuntime);
    let slow = true;
    containerRuntime.getPods = async (all) => {
      if (!all && slow) {
        slow = false;
        await sim.sleep(240_000);
      }
      return getPods(all);
    };
    await world.at(9000);
    for (const { id } of world.machine.containers.values()) {
      world.machine.exit(id, 1);
    }
    await world.at(262_000);
    return {
      waiting: pleg.watch().length,
      healthy: pleg.healthy()?.message ?? 'healthy',
      loop: runtimeState.runtimeErrors(),
    };
  },
);
