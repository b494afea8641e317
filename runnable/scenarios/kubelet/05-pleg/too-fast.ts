/**
 * A container dies and another one stands in its place before anybody looks:
 * what PLEG could not see.
 */
import { Cache } from '../../../kubelet/container/cache.ts';
import { emptyPodStatus } from '../../../kubelet/container/runtime.ts';
import type { Container, Pod } from '../../../kubelet/container/runtime.ts';
import { GenericPLEG } from '../../../kubelet/pleg/generic.ts';
import type { Scenario } from '../../scenario.ts';

const entry = (id: string, state: Container['state']): Container => ({
  id,
  name: 'app',
  image: 'app:1',
  imageID: 'app:1',
  hash: 0,
  state,
});

export const scenario: Scenario = {
  title: 'Too fast to be seen',
  summary:
    'One container is made, dies and is removed between two relists, and leaves no event; another leaves three.',
  seed: 1,
  notes: ['the list of containers is played: c2 lives from 1.2 s to 1.8 s'],
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
    const pod = (): Pod => ({
      id: 'uid-web',
      name: 'web',
      namespace: 'default',
      containers,
      sandboxes: [],
    });
    const pleg = new GenericPLEG(sim, {
      runtime: {
        getPods: async () => [pod()],
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
            read: () => containers.map(({ id }) => id),
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
        await sim.sleep(1200);
        containers = [...containers, entry('c2', 'running')];
        await sim.sleep(600);
        containers = [entry('c1', 'running')];
        await sim.sleep(600);
        containers = [entry('c3', 'running')];
        await sim.sleep(1600);
        return { heard };
      },
    };
  },
};
