/**
 * What becomes of a Revision while the autoscaler knows nothing, for each way
 * in which the autoscaler may find it.
 */
import { expectSame, fail } from '#exercise';
import type { Bench, Check, Run, Write } from '#exercise';
import type { Found } from './fresh-start.ts';

interface Stored {
  readonly spec?: { readonly replicas?: number };
  readonly status?: {
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
    }[];
  };
}

const usual: Found = { replicas: 2, active: 'True', forSeconds: 30 };

const found = ({ run }: Bench, more?: Partial<Found>): Promise<Run> =>
  more === undefined
    ? run()
    : run('fresh-start', { input: { ...usual, ...more } });

/** Up to the first decision, nothing is known. */
const unknownUntil = (run: Run): number =>
  run.first('chan.send decisions')?.row ?? Infinity;

const scalings = (run: Run): Write[] =>
  run
    .writes('Deployment')
    .filter(
      ({ verb, object, before }) =>
        verb === 'update' &&
        (object as Stored).spec?.replicas !== (before as Stored).spec?.replicas,
    );

const activeIn = (object: unknown): string | undefined =>
  (object as Stored | undefined)?.status?.conditions?.find(
    ({ type }) => type === 'Active',
  )?.status;

/** Writes that change what the PodAutoscaler says of `Active`. */
const turns = (run: Run): Write[] =>
  run
    .writes('PodAutoscaler')
    .filter(({ object, before }) => activeIn(object) !== activeIn(before));

/** Fails if a Revision is touched while nothing is known of it. */
function expectUntouched(run: Run): void {
  const until = unknownUntil(run);
  const [scaled] = scalings(run).filter(({ row }) => row < until);
  if (scaled !== undefined) {
    fail({
      expected: 'the number of replicas to stay what it is',
      seen: `${String((scaled.object as Stored).spec?.replicas)} at ${scaled.time / 1000} s`,
      at: run.spot(scaled),
    });
  }
  const [turn] = turns(run).filter(({ row }) => row < until);
  if (turn === undefined) return;
  fail({
    expected: 'the condition Active to stay what it is',
    seen: `${activeIn(turn.object) ?? 'nothing'} at ${turn.time / 1000} s`,
    at: run.spot(turn),
  });
}

export const checks: readonly Check[] = [
  {
    id: 'keeps-pods',
    title: 'An active Revision keeps its pods',
    points: 3,
    rule: 'An autoscaler that knows nothing of a Revision takes no pods from it.',
    async judge(bench) {
      expectUntouched(await found(bench));
    },
  },
  {
    id: 'stays-active',
    title: 'It stays active, however long it has been so',
    points: 2,
    rule: 'Only a known zero may turn a Revision inactive, and then it does.',
    async judge(bench) {
      const run = await found(bench, { forSeconds: 600 });
      expectUntouched(run);
      expectSame(activeIn(turns(run)[0]?.object) ?? 'no change', 'False', {
        what: 'the condition Active, after pods without requests have reported,',
        at: run.spot(turns(run)[0] ?? run.first('chan.send decisions')),
      });
    },
  },
  {
    id: 'sleeps-on',
    title: 'What sleeps sleeps on',
    points: 2,
    rule: 'A restart of the autoscaler wakes nobody, and does not call back a Revision that is about to go.',
    async judge(bench) {
      const asleep = { replicas: 0, active: 'False', forSeconds: 600 } as const;
      expectUntouched(await found(bench, asleep));
      const leaving = { replicas: 1, active: 'False', forSeconds: 10 } as const;
      expectUntouched(await found(bench, leaving));
    },
  },
  {
    id: 'first-pod',
    title: 'A Revision that somebody waits for gets its first pod',
    points: 2,
    rule: 'Without a pod there is nobody to report, so the first one is made without knowing.',
    async judge(bench) {
      const waiting = {
        replicas: 0,
        active: 'Unknown',
        forSeconds: 1,
      } as const;
      const run = await found(bench, waiting);
      const [scaled] = scalings(run);
      expectSame((scaled?.object as Stored | undefined)?.spec?.replicas, 1, {
        what: 'the replicas of a Revision that is being activated',
        at: run.spot(scaled ?? run.first('call KpaScaler.scale')),
      });
    },
  },
  {
    id: 'bounds',
    title: 'The bounds hold all the same',
    points: 1,
    rule: 'What minScale asks for needs no report.',
    async judge(bench) {
      const run = await found(bench, { replicas: 1, minScale: 2 });
      const [scaled] = scalings(run);
      expectSame((scaled?.object as Stored | undefined)?.spec?.replicas, 2, {
        what: 'the replicas of a Revision with one pod and a minScale of 2',
        at: run.spot(scaled ?? run.first('call KpaScaler.scale')),
      });
    },
  },
];
