/**
 * The channel of PLEG is full, so the relist waits; after three minutes PLEG
 * counts as sick, so the loop stops reading: nobody will ever move again.
 */
import { image, nodeScenario } from '../node-scenario.ts';

export const scenario = nodeScenario(
  {
    title: 'A full channel, and everybody waits',
    summary:
      'The loop is held up for a while, the channel fills, the relist blocks; then the loop waits for the relist.',
    notes: [
      'the channel has room for 4 events, upstream for 1,000',
      'listing the running pods takes four minutes once, which holds up housekeeping and with it the loop',
    ],
    keep: ['chan.send plegCh'],
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
      'call start',
      'call create',
      'call kill',
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
    await world.at(600_000);
    return {
      waiting: pleg.watch().length,
      healthy: pleg.healthy()?.message ?? 'healthy',
      loop: runtimeState.runtimeErrors(),
    };
  },
);
