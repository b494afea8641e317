/**
 * A runtime that takes 400 ms for each list, and a worker that starts a
 * container while one of the lists is on its way.
 */
import { Cache } from '../../../../../runnable/kubelet/container/cache.ts';
import { emptyPodStatus } from '../../../../../runnable/kubelet/container/runtime.ts';
import type {
  Container,
  ContainerStatus,
} from '../../../../../runnable/kubelet/container/runtime.ts';
import { GenericPLEG } from '../../../../../runnable/kubelet/pleg/generic.ts';
import type { Scenario } from '../../../../../runnable/scenarios/scenario.ts';

const entry = (id: string): Container => ({
  id,
  name: 'app',
  image: 'app:1',
  imageID: 'app:1',
  hash: 0,
  state: 'running',
});

export const scenario: Scenario = {
  title: 'A slow list',
  summary:
    'A container is started between the making of a list and its arrival; a worker that syncs again has to know.',
  seed: 1,
  notes: [
    'a list holds what is there when it is asked for, and arrives 400 ms later',
    'the worker is played: it syncs web at 2.6 s and at once again; whenever it finds no container, it starts one, which takes 400 ms',
  ],
  cast: [
    {
      id: 'worker',
      noun: 'the worker',
      role: 'of pod web',
      played: true,
      tasks: ['worker', 'main'],
    },
    {
      id: 'pleg',
      noun: 'PLEG',
      role: 'relists, and stamps the cache',
      tasks: ['pleg'],
    },
  ],
  folded: [],
  keep: ['call Cache.updateTime', 'call GenericPLEG.relist'],
  fold: ['log ', 'clock.', 'chan.send cacheSubscriber', 'chan.close'],
  begin(sim) {
    let containers: Container[] = [];
    const cache = new Cache(sim);
    const pleg = new GenericPLEG(sim, {
      runtime: {
        async getPods() {
          const seen = containers;
          await sim.sleep(400);
          if (seen.length === 0) return [];
          return [
            {
              id: 'uid-web',
              name: 'web',
              namespace: 'default',
              containers: seen,
              sandboxes: [],
            },
          ];
        },
        getPodStatus: async (uid) => ({
          ...emptyPodStatus(uid),
          containerStatuses: containers as unknown as ContainerStatus[],
        }),
      },
      channelCapacity: 1000,
      relistPeriod: 1000,
      cache,
    });
    return {
      view: {
        watched: [
          { name: 'containers', read: () => containers.map(({ id }) => id) },
        ],
      },
      async main() {
        pleg.start();
        const worker = sim.go('worker', async () => {
          await sim.sleep(2600);
          let lastSyncTime: number | undefined;
          for (let sync = 0; sync < 2; sync += 1) {
            const { status } = await cache.getNewerThan(
              'uid-web',
              lastSyncTime,
            );
            if (status.containerStatuses.length === 0) {
              await sim.sleep(400);
              containers = [...containers, entry(`c${containers.length + 1}`)];
            }
            lastSyncTime = sim.now();
          }
        });
        await worker.done;
        await sim.sleep(500);
        return { containers: containers.map(({ id }) => id) };
      },
    };
  },
};
