/**
 * Four containers die while the main loop is busy elsewhere, and the channel
 * has room for two events.
 */
import { Cache } from '../../../../../runnable/kubelet/container/cache.ts';
import { emptyPodStatus } from '../../../../../runnable/kubelet/container/runtime.ts';
import type {
  Container,
  ContainerStatus,
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
  title: 'A slow reader',
  summary:
    'Four containers of two pods die, and nobody reads the channel for three and a half seconds.',
  seed: 1,
  notes: [
    'the list of containers is played: all four die at 2.5 s, and c1 is removed at 7.5 s',
    'the loop reads the first four events at once and is busy then, until 6.5 s',
    'the channel has room for 2 events',
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
      role: 'is busy for a while',
      played: true,
      tasks: ['loop'],
    },
  ],
  folded: [],
  begin(sim) {
    let containers: Container[] = [];
    const of = (uid: string): Container[] =>
      containers.filter(
        ({ id }) => (id === 'c1' || id === 'c2') === (uid === 'uid-a'),
      );
    const pod = (name: string) => ({
      id: `uid-${name}`,
      name,
      namespace: 'default',
      containers: of(`uid-${name}`),
      sandboxes: [],
    });
    const cache = new Cache(sim);
    const pleg = new GenericPLEG(sim, {
      runtime: {
        getPods: async () => [pod('a'), pod('b')],
        getPodStatus: async (uid) => ({
          ...emptyPodStatus(uid),
          containerStatuses: of(uid) as unknown as ContainerStatus[],
        }),
      },
      channelCapacity: 2,
      relistPeriod: 1000,
      cache,
    });
    const heard: string[] = [];
    const read = async (times: number): Promise<void> => {
      for (let count = 0; count < times; count += 1) {
        const event = await pleg.watch().recv();
        if (event !== undefined) heard.push(`${event.type} ${event.data}`);
      }
    };
    const known = (): string[] =>
      ['uid-a', 'uid-b'].flatMap((uid) =>
        cache
          .get(uid)
          .status.containerStatuses.map(({ id, state }) => `${id} ${state}`),
      );
    return {
      view: {
        watched: [
          {
            name: 'containers',
            read: () => containers.map(({ id, state }) => `${id} ${state}`),
          },
        ],
        slots: () => [
          {
            group: 'plegCh',
            name: 'plegCh',
            capacity: 2,
            contents: pleg
              .watch()
              .contents.map(({ type, data }) => `${type} ${data}`),
          },
        ],
      },
      async main() {
        sim.go('loop', async () => {
          await read(4);
          await sim.sleep(4500);
          await read(Infinity);
        });
        pleg.start();
        const all = (state: Container['state'], ...ids: string[]) =>
          ids.map((id) => entry(id, state));
        await sim.sleep(500);
        containers = all('running', 'c1', 'c2');
        await sim.sleep(1000);
        containers = all('running', 'c1', 'c2', 'c3', 'c4');
        await sim.sleep(1000);
        containers = all('exited', 'c1', 'c2', 'c3', 'c4');
        await sim.sleep(3900);
        const cached = known();
        await sim.sleep(1100);
        containers = all('exited', 'c2', 'c3', 'c4');
        await sim.sleep(1000);
        return { heard, cached };
      },
    };
  },
};
