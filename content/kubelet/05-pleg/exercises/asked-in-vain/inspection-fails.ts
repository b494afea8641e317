/**
 * Two containers of two pods die at once, and two inspections of one of the
 * pods fail.
 */
import { Cache } from '../../../../../runnable/kubelet/container/cache.ts';
import { emptyPodStatus } from '../../../../../runnable/kubelet/container/runtime.ts';
import type {
  Container,
  ContainerStatus,
  Pod,
} from '../../../../../runnable/kubelet/container/runtime.ts';
import { GenericPLEG } from '../../../../../runnable/kubelet/pleg/generic.ts';
import type { Scenario } from '../../../../../runnable/scenarios/scenario.ts';

const entry = (id: string, state: Container['state']): Container => ({
  id,
  name: id,
  image: 'app:1',
  imageID: 'app:1',
  hash: 0,
  state,
});

export const scenario: Scenario = {
  title: 'Asked in vain',
  summary:
    'Two containers die; the runtime lists both, and for two seconds it cannot say more about one of them.',
  seed: 1,
  notes: [
    'the list of containers is played: c1 of pod a and c2 of pod b die at 1.5 s',
    'from 1.5 s to 3.5 s an inspection of pod a fails',
  ],
  cast: [
    {
      id: 'world',
      noun: 'the world',
      role: 'containers die',
      played: true,
      tasks: ['main'],
    },
    {
      id: 'pleg',
      noun: 'PLEG',
      role: 'relists once a second',
      tasks: ['pleg'],
    },
    {
      id: 'loop',
      noun: 'the main loop',
      role: 'reads',
      played: true,
      tasks: ['loop'],
    },
  ],
  folded: [],
  begin(sim) {
    const start = sim.now();
    let state: Container['state'] = 'running';
    let broken = false;
    const pod = (name: string, id: string): Pod => ({
      id: `uid-${name}`,
      name,
      namespace: 'default',
      containers: [entry(id, state)],
      sandboxes: [],
    });
    const pods = (): Pod[] => [pod('a', 'c1'), pod('b', 'c2')];
    const cache = new Cache(sim);
    const pleg = new GenericPLEG(sim, {
      runtime: {
        getPods: async () => pods(),
        getPodStatus: async (uid) => {
          if (uid === 'uid-a' && broken) {
            throw new Error('context deadline exceeded');
          }
          const found = pods().find(({ id }) => id === uid);
          return {
            ...emptyPodStatus(uid),
            containerStatuses: (found?.containers ??
              []) as unknown as ContainerStatus[],
          };
        },
      },
      channelCapacity: 1000,
      relistPeriod: 1000,
      cache,
    });
    const heard: {
      readonly event: string;
      readonly at: number;
      readonly cached: string;
    }[] = [];
    return {
      view: {
        watched: [{ name: 'containers', read: () => state }],
      },
      async main() {
        sim.go('loop', async () => {
          for (;;) {
            const event = await pleg.watch().recv();
            if (event === undefined) return;
            const { err, status } = cache.get(event.id);
            heard.push({
              event: `${event.type} ${event.data}`,
              at: (sim.now() - start) / 1000,
              cached: err?.message ?? status.containerStatuses[0]?.state ?? '',
            });
          }
        });
        pleg.start();
        await sim.sleep(1500);
        state = 'exited';
        broken = true;
        await sim.sleep(2000);
        broken = false;
        await sim.sleep(3000);
        return { heard };
      },
    };
  },
};
