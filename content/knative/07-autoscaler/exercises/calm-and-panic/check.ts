/**
 * What the autoscaler decides while a pod is quiet, in a burst, after it, in a
 * flood, and without knowing anything.
 */
import { expectSame } from '#exercise';
import type { Check, Run } from '#exercise';

interface Decision {
  readonly at: number;
  readonly scale: number;
  readonly ok: boolean;
}

const decisions = (run: Run): readonly Decision[] =>
  (run.result ?? []) as readonly Decision[];

/** The call that decided at a second; there is one every two seconds. */
const spotOf = (run: Run, second: number) =>
  run.spot(run.calls('Autoscaler.scale')[second / 2]);

/** A decision as a message shows it. */
function shown(found: Decision | undefined): string {
  if (found === undefined) return 'none';
  if (!found.ok) return 'no decision';
  return found.scale === 1 ? '1 pod' : `${found.scale} pods`;
}

/** Compares decisions at some seconds, and leads to the first that differs. */
function expectAt(
  run: Run,
  seconds: readonly number[],
  wanted: (second: number) => string,
): void {
  for (const second of seconds) {
    const found = decisions(run).find(({ at }) => at === second);
    expectSame(shown(found), wanted(second), {
      what: `the decision at ${second} s`,
      at: spotOf(run, second),
    });
  }
}

/** Every other second from one to another. */
const between = (from: number, to: number): number[] =>
  Array.from({ length: (to - from) / 2 + 1 }, (_, i) => from + 2 * i);

export const checks: readonly Check[] = [
  {
    id: 'unknown',
    title: 'Nothing known, nothing decided',
    points: 1,
    rule: 'Before the first report, and without a number of ready pods, there is no decision; zero pods would be one.',
    async judge({ run }) {
      expectAt(await run(), [0, 140], () => 'no decision');
    },
  },
  {
    id: 'calm',
    title: 'In calm the long window decides',
    points: 2,
    rule: 'While there is no panic, the average over the stable window counts, and part of a pod is a whole pod.',
    async judge({ run }) {
      expectAt(await run(), between(2, 60), () => '1 pod');
    },
  },
  {
    id: 'burst',
    title: 'In a burst the short window decides',
    points: 2,
    rule: 'When a pod had twice its target over the panic window, the panic window decides, at once.',
    async judge({ run }) {
      const wanted = new Map([
        [62, '3 pods'],
        [64, '4 pods'],
        [66, '5 pods'],
      ]);
      expectAt(await run(), [...wanted.keys()], (s) => wanted.get(s) ?? '');
    },
  },
  {
    id: 'only-upwards',
    title: 'In a panic the number never falls',
    points: 2,
    rule: 'A panic keeps the highest number so far, whatever the panic window says by now.',
    async judge({ run }) {
      expectAt(await run(), between(68, 120), () => '5 pods');
    },
  },
  {
    id: 'over',
    title: 'A panic ends when it has not grown for a stable window',
    points: 2,
    rule: 'The panic lasts a whole stable window from the moment at which its number last grew, and this moment belongs to it.',
    async judge({ run }) {
      expectAt(await run(), between(122, 130), (second) =>
        second <= 126 ? '5 pods' : '1 pod',
      );
    },
  },
  {
    id: 'limit',
    title: 'No more than so many times the ready pods',
    points: 1,
    rule: 'Whatever a window asks for, the next number is at most maxScaleUpRate times the pods that are ready.',
    async judge({ run }) {
      expectAt(await run(), between(132, 138), () => '10 pods');
    },
  },
];
