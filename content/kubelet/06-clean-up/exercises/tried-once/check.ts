/**
 * Tried once: what becomes of a kill that failed.
 */
import { expectSame, fail } from '#exercise';
import type { Call, Check, Run } from '#exercise';

/** The pod that a call of `killPod` is about, if a killer made it. */
const podOf = ({ args }: Call): string | undefined => {
  const [, options] = args as [
    unknown,
    { readonly runningPod?: { readonly name: string } } | undefined,
  ];
  return options?.runningPod?.name;
};

const killsOf = (run: Run, name: string): Call[] =>
  run.calls('killPod').filter((call) => podOf(call) === name);

export const checks: readonly Check[] = [
  {
    id: 'tries-again',
    title: 'A kill that failed is tried again',
    points: 5,
    rule: 'A kill that failed is over like any other, and the next order for that pod is carried out.',
    async judge({ run }) {
      const own = await run();
      own.expectEnd();
      const { runs } = own.result as { readonly runs: readonly string[] };
      expectSame(runs, [], {
        what: 'what still runs at 8.5 s',
        at: own.spot(
          own.all('chan.send podKillingCh')[3] ??
            own.all('chan.send podKillingCh').at(-1),
        ),
      });
    },
  },
  {
    id: 'one-at-a-time',
    title: 'No pod is killed twice at once',
    points: 1,
    rule: 'While a pod is being killed, a further order to kill it is dropped.',
    async judge({ run }) {
      const own = await run();
      own.expectOneAtATime('killPod', (call) => podOf(call) ?? call.row);
    },
  },
  {
    id: 'side-by-side',
    title: 'No kill waits for another',
    points: 1,
    rule: 'Each kill is a task of its own, so that a pod that takes long holds up no other.',
    async judge({ run }) {
      const own = await run();
      const [order] = own
        .all('chan.send podKillingCh')
        .filter(({ time }) => time > 4101);
      const [kill] = killsOf(own, 'web');
      if (kill !== undefined && kill.time - 4103 < 1000) return;
      fail({
        expected:
          'the first attempt to kill web at 4.103 s, when it is ordered',
        seen: kill === undefined ? 'none' : `it at ${kill.time / 1000} s`,
        at: own.spot(order ?? kill),
      });
    },
  },
];
