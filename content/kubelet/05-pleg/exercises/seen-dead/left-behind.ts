/**
 * Two containers come between two relists: one is dead at the next look, the
 * other one is not started yet.
 */
import { Cache } from '../../../../../runnable/kubelet/container/cache.ts';
import { emptyPodStatus } from '../../../../../runnable/kubelet/container/runtime.ts';
import type { Container } from '../../../../../runnable/kubelet/container/runtime.ts';
import { GenericPLEG } from '../../../../../runnable/kubelet/pleg/generic.ts';
import type { Scenario } from '../../../../../runnable/scenarios/scenario.ts';

const entry = (id: string, state: Container['state']): Container => ({
  id,
  name: 'app',
  image: 'app:1',
  imageID: 'app:1',
  hash: 0,
  state,
});

export const scenario: Scenario = {
  title: 'Left behind',
  summary:
    'One container lives for 0.6 s between two looks and leaves its body behind; another one is created early and started late.',
  seed: 1,
  notes: [
    'the list of containers is played: c2 runs from 1.2 s to 1.8 s and is removed at 2.4 s',
    'c3 is created at 2.4 s and runs from 3.4 s on',
  ],
  cast: [
    {
      id: 'world',
      noun: 'the world',
      role: 'containers come and go',
      played: true,
      tasks: ['main'],
    },
    {
      id: 'pleg',
      noun: 'PLEG',
      role: 'relists once a second',
      tasks: ['pleg'],
    },
    { id: 'loop', noun: 'the main loop', role: 'reads', tasks: ['loop'] },
  ],
  folded: [],
  begin(sim) {
    let containers = [entry('c1', 'running')];
    const pleg = new GenericPLEG(sim, {
      runtime: {
        getPods: async () => [
          {
            id: 'uid-web',
            name: 'web',
            namespace: 'default',
            containers,
            sandboxes: [],
          },
        ],
        getPodStatus: async (id) => emptyPodStatus(id),
      },
      channelCapacity: 1000,
      relistPeriod: 1000,
      cache: new Cache(sim),
    });
    const heard: string[] = [];
    return {
      view: {
        watched: [
          {
            name: 'containers',
            read: () => containers.map(({ id, state }) => `${id} ${state}`),
          },
        ],
      },
      async main() {
        sim.go('loop', async () => {
          for (;;) {
            const event = await pleg.watch().recv();
            if (event !== undefined) heard.push(`${event.type} ${event.data}`);
          }
        });
        pleg.start();
        const becomes = async (
          ...now: readonly (readonly [string, Container['state']])[]
        ): Promise<void> => {
          containers = now.map(([id, state]) => entry(id, state));
          await sim.sleep(600);
        };
        await sim.sleep(1200);
        await becomes(['c1', 'running'], ['c2', 'running']);
        await becomes(['c1', 'running'], ['c2', 'exited']);
        await becomes(['c1', 'running'], ['c3', 'created']);
        await sim.sleep(400);
        await becomes(['c1', 'running'], ['c3', 'running']);
        await sim.sleep(600);
        return { heard };
      },
    };
  },
};
