/**
 * How long it waits: who may start, who is refused, and what the next wait is.
 */
import { expectSame } from '#exercise';
import type { Bench, Check } from '#exercise';
import type * as Flow from '../../../../../runnable/client-go/util/flowcontrol/backoff.ts';
import type { Container, Pod } from '../../../../../runnable/kubelet/api/v1.ts';
import type {
  ContainerStatus,
  PodStatus,
} from '../../../../../runnable/kubelet/container/runtime.ts';
import type * as DoBackOff from '../../../../../runnable/kubelet/kuberuntime/do-back-off.ts';
import type { RuntimeContext } from '../../../../../runnable/kubelet/kuberuntime/runtime-context.ts';

type Entry = Pick<ContainerStatus, 'name' | 'state'> & {
  /** Seconds since the start of the run. */
  readonly finishedAt?: number;
};

interface Ask {
  /** Seconds since the start of the run; questions come in their order. */
  readonly at: number;
  readonly container: Container;
  /** Newest first. */
  readonly statuses: readonly Entry[];
}

const app: Container = { name: 'app', image: 'app:1' };
const log: Container = { name: 'log', image: 'log:1' };
const dead = (name: string, finishedAt: number): Entry => ({
  name,
  state: 'exited',
  finishedAt,
});

interface Said {
  /** What each question is answered with; undefined means yes. */
  readonly messages: readonly (string | undefined)[];
  readonly events: readonly string[];
}

/** Asks about app and log of one pod, one question after the other. */
async function answers(
  { load, inWorld }: Bench,
  asks: readonly Ask[],
): Promise<Said> {
  const { Backoff } = await load<typeof Flow>(
    'runnable/client-go/util/flowcontrol/backoff.ts',
  );
  const { doBackOff } = await load<typeof DoBackOff>(
    'runnable/kubelet/kuberuntime/do-back-off.ts',
  );
  const pod: Pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'default', uid: 'uid-web' },
    spec: { containers: [app, log] },
    status: {},
  };
  const messages: (string | undefined)[] = [];
  const events: string[] = [];
  await inWorld(async (sim) => {
    const start = sim.now();
    const backOff = new Backoff(sim, 10_000, 300_000);
    const context = {
      sim,
      recorder: {
        event: (_: unknown, type: string, reason: string, message: string) => {
          events.push(`${type} ${reason}: ${message}`);
        },
      },
    } as unknown as RuntimeContext;
    for (const { at, container, statuses } of asks) {
      await sim.sleep(start + at * 1000 - sim.now());
      const containerStatuses = statuses.map(
        ({ name, state, finishedAt = 0 }, index) => ({
          id: `${name}-${statuses.length - index}`,
          name,
          state,
          finishedAt: start + finishedAt * 1000,
          createdAt: start - index,
        }),
      );
      const podStatus = { containerStatuses } as unknown as PodStatus;
      messages.push(doBackOff(context, { pod, podStatus }, container, backOff));
    }
  });
  return { messages, events };
}

const inShort = ({ messages }: Said): string[] =>
  messages.map((message) => (message === undefined ? 'starts' : 'waits'));

export const checks: readonly Check[] = [
  {
    id: 'doubles',
    title: 'The first restart is free, and each wait is twice the last',
    points: 3,
    rule: 'The wait grows when the container may start, and not when it is refused.',
    async judge({ run }) {
      const own = await run();
      own.expectEnd();
      const { starts } = own.result as { readonly starts: readonly number[] };
      expectSame(starts, [0.4, 1.5, 14.6, 39.7, 88.8], {
        what: 'the seconds at which app has been started',
        at: own.spot(own.all('call doBackOff app')[2]),
      });
    },
  },
  {
    id: 'says-why',
    title: 'A refusal says how long the wait is',
    points: 2,
    rule: 'Whoever has to wait is told by an event and by a message with the whole wait in it, not with what is left.',
    async judge(bench) {
      const said = await answers(bench, [
        { at: 1, container: app, statuses: [dead('app', 0)] },
        { at: 12, container: app, statuses: [dead('app', 2)] },
        { at: 20, container: app, statuses: [dead('app', 13)] },
      ]);
      expectSame(
        said.messages[2] ?? 'nothing',
        'Back-off 20s restarting failed container=app pod=web_default(uid-web)',
        { what: 'what is returned at 20 s after an exit at 13 s' },
      );
      expectSame(
        said.events,
        ['Warning BackOff: Back-off restarting failed container'],
        { what: 'the events of two starts and one refusal' },
      );
    },
  },
  {
    id: 'whose-wait',
    title: 'A wait has an owner',
    points: 2,
    rule: 'A wait is for one container with one spec; its sibling and its own next spec have waits of their own.',
    async judge(bench) {
      const statuses = [dead('app', 2), dead('log', 2)];
      const repaired = { name: 'app', image: 'app:2' };
      const said = await answers(bench, [
        { at: 1, container: app, statuses: [dead('app', 0)] },
        { at: 3, container: log, statuses },
        { at: 4, container: repaired, statuses },
        { at: 5, container: app, statuses },
      ]);
      expectSame(inShort(said), ['starts', 'starts', 'starts', 'waits'], {
        what: 'what app, log, a repaired app, and app once more do',
      });
    },
  },
  {
    id: 'newest-exit',
    title: 'The wait is counted from the newest exit',
    points: 1,
    rule: 'What counts is when the newest dead instance ended; one that has not exited is none.',
    async judge(bench) {
      const older = dead('app', 0);
      const said = await answers(bench, [
        { at: 1, container: app, statuses: [older] },
        {
          at: 14,
          container: app,
          statuses: [{ name: 'app', state: 'unknown' }, dead('app', 8), older],
        },
        { at: 15, container: app, statuses: [] },
      ]);
      expectSame(inShort(said), ['starts', 'waits', 'starts'], {
        what: 'what app does after an exit at 0 s, after another one at 8 s, and when none is left',
      });
    },
  },
];
