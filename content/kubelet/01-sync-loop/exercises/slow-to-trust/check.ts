/**
 * Slow to trust: how long the loop sleeps within an outage, and in the next.
 */
import { expectSame, fail } from '#exercise';
import type { Bench, Check } from '#exercise';
import type * as Channels from '../../../../../runnable/sim/channel.ts';
import type { Kubelet } from '../../../../../runnable/kubelet/kubelet.ts';
import type * as SyncLoop from '../../../../../runnable/kubelet/sync-loop.ts';
import type { PodUpdate } from '../../../../../runnable/kubelet/types/pod-update.ts';

/** How long the loop sleeps each time, while all is unwell nine times. */
async function sleepsOfOneOutage({ load, inWorld }: Bench): Promise<number[]> {
  const { Channel } = await load<typeof Channels>('runnable/sim/channel.ts');
  const { syncLoop } = await load<typeof SyncLoop>(
    'runnable/kubelet/sync-loop.ts',
  );
  const asked: number[] = [];
  await inWorld(async (sim) => {
    const configCh = new Channel<PodUpdate>(sim, 'configCh', 1);
    configCh.close();
    const kl = {
      sim,
      runtimeState: {
        runtimeErrors: () => {
          asked.push(sim.now());
          return asked.length <= 9 ? ['container runtime is down'] : [];
        },
      },
      pleg: { watch: () => new Channel(sim, 'plegCh', 1) },
      livenessManager: { updates: () => new Channel(sim, 'liveness', 1) },
      workQueue: { getWork: () => [] },
      podManager: { getPods: () => [] },
      podSyncLoopHandlers: [],
      sourcesReady: { allReady: () => false },
    } as unknown as Kubelet;
    await syncLoop(kl, configCh);
  });
  return asked.slice(1, 10).map((time, index) => time - (asked[index] ?? 0));
}

export const checks: readonly Check[] = [
  {
    id: 'begins-anew',
    title: 'Each outage begins with a short sleep',
    points: 3,
    rule: 'Once the runtime is well, what was before is forgotten, and the next outage begins with a sleep of 100 ms.',
    async judge({ run }) {
      const own = await run();
      const [begin] = own
        .all('clock.sleep loop')
        .filter(({ time }) => time >= 30_000);
      const handed = own.first('call PodWorkers.updatePod create');
      const waited = (handed?.time ?? Infinity) - 35_201;
      if (waited <= 1000) return;
      fail({
        expected: 'web to be handed to its worker within a second',
        seen: handed === undefined ? 'it never is' : `after ${waited / 1000} s`,
        at: own.spot(begin ?? handed),
      });
    },
  },
  {
    id: 'less-and-less',
    title: 'A long outage is asked about less and less often',
    points: 2,
    rule: 'Within one outage each sleep is twice the one before, from 100 ms up to 5 s.',
    async judge(bench) {
      expectSame(
        await sleepsOfOneOutage(bench),
        [100, 200, 400, 800, 1600, 3200, 5000, 5000, 5000],
        { what: 'the sleeps of one outage, in milliseconds,' },
      );
    },
  },
];
