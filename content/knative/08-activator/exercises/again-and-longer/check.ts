/**
 * Again, and longer: what is tried again, how long after, how often, and what
 * each attempt says of itself.
 */
import { expectSame } from '#exercise';
import type { Call, Check, Run } from '#exercise';

const counter = 'knative-activator-num-retries';

/** The attempts that came to the network for one target. */
const attempts = (run: Run, target: string): Call[] =>
  run.calls('arrive').filter(({ args }) => args[0] === target);

/** How often each of these targets was tried. */
const tries = (run: Run, targets: readonly string[]): number[] =>
  targets.map((target) => attempts(run, target).length);

function told(run: Run, target: string): unknown {
  const all = run.result as readonly Readonly<Record<string, unknown>>[] | null;
  return all?.find((one) => one['target'] === target)?.['outcome'];
}

/** How long after the one before each attempt came, to a tenth. */
function waits(run: Run, target: string): number[] {
  const times = attempts(run, target).map(({ time }) => time);
  return times
    .slice(1)
    .map((time, at) => Math.round((time - (times[at] ?? 0)) * 10) / 10);
}

/** The values of the counting header, attempt by attempt. */
const counts = (run: Run, target: string): string[][] =>
  attempts(run, target).map(({ args }) =>
    (args[2] as readonly (readonly [string, string])[])
      .filter(([name]) => name.toLowerCase() === counter)
      .map(([, value]) => value),
  );

export const checks: readonly Check[] = [
  {
    id: 'tries-again',
    title: 'What failed is tried again, and nothing else',
    points: 2,
    rule: 'A request is tried again after an error and after an answer that a condition names; any other answer is the answer.',
    async judge({ run }) {
      const own = await run();
      expectSame(tries(own, ['a', 'b', 'c']), [3, 2, 1], {
        what: 'the numbers of attempts for a, b and c',
        at: own.spot(attempts(own, 'a').at(-1)),
      });
      expectSame(
        ['a', 'b', 'c'].map((target) => told(own, target)),
        [200, 200, 404],
        {
          what: 'what a, b and c are told',
          at: own.spot(own.first('call send')),
        },
      );
    },
  },
  {
    id: 'longer-each-time',
    title: 'Each wait is longer than the last',
    points: 2,
    rule: 'The first wait is the duration of the backoff, and each one after it is the factor times the last.',
    async judge({ run }) {
      const own = await run();
      expectSame(waits(own, 'd'), [200, 300, 450, 675], {
        what: 'the milliseconds between the attempts for d',
        at: own.spot(attempts(own, 'd')[1] ?? attempts(own, 'd')[0]),
      });
    },
  },
  {
    id: 'an-end',
    title: 'The last attempt counts, and nobody waits after it',
    points: 3,
    rule: 'After as many attempts as there are steps, the error or the answer of the last one is the outcome, at once.',
    async judge({ run }) {
      const own = await run();
      const last = attempts(own, 'd').at(-1);
      expectSame(tries(own, ['d', 'e']), [5, 5], {
        what: 'the numbers of attempts for d and e',
        at: own.spot(attempts(own, 'd')[5] ?? last),
      });
      expectSame(
        ['d', 'e'].map((target) => told(own, target)),
        ['connect: connection refused', 503],
        { what: 'what d and e are told', at: own.spot(last) },
      );
      const next = attempts(own, 'e')[0];
      expectSame(next?.time, last?.time, {
        what: 'the moment at which d is over, in milliseconds,',
        at: own.spot(last),
      });
    },
  },
  {
    id: 'says-which',
    title: 'Each attempt adds its number',
    points: 2,
    rule: 'The header is added once more by each attempt, and only to what is sent.',
    async judge({ run }) {
      const own = await run();
      expectSame(counts(own, 'a'), [['1'], ['1', '2'], ['1', '2', '3']], {
        what: 'the numbers in the headers of the attempts for a',
        at: own.spot(attempts(own, 'a')[1] ?? attempts(own, 'a')[0]),
      });
      expectSame(counts(own, 'c'), [['1']], {
        what: 'the numbers in the headers of the attempt for c, whose caller sent none,',
        at: own.spot(attempts(own, 'c')[0]),
      });
    },
  },
];
