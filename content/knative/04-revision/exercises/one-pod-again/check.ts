/**
 * One pod again: what the revision controller writes to a Deployment that
 * others write to as well.
 */
import { expectSame, fail } from '#exercise';
import type { Check, Run, Write } from '#exercise';

interface Spec {
  readonly replicas?: number;
  readonly selector?: unknown;
  readonly template?: {
    readonly spec?: {
      readonly containers?: readonly { readonly name: string }[];
    };
  };
}

const specOf = ({ object }: Write): Spec =>
  (object as { readonly spec?: Spec }).spec ?? {};

/** Changes of the Deployment's spec, by whom. */
const changes = (run: Run): Write[] =>
  run.writes('Deployment').filter(({ verb }) => verb !== 'updateStatus');

/** What the controller writes after the nth change by somebody else. */
function answers(run: Run, nth: number): { change: Write; own: Write[] } {
  const all = changes(run);
  const others = all.filter(({ by }) => by !== 'revision');
  const [change, next] = others.slice(nth);
  if (change === undefined) {
    fail({
      expected: 'a Deployment that others can change',
      seen: 'none',
      at: run.spot(run.moments.at(-1)),
    });
  }
  const own = all.filter(
    ({ by, row }) =>
      by === 'revision' && row > change.row && row < (next?.row ?? Infinity),
  );
  return { change, own };
}

export const checks: readonly Check[] = [
  {
    id: 'scale-stays',
    title: 'Three pods stay three',
    points: 4,
    rule: 'How many pods there are is for the autoscaler to say, so the controller wants whatever number is there.',
    async judge({ run }) {
      const own = await run();
      const { change, own: written } = answers(own, 0);
      expectSame(
        written.map((write) => specOf(write).replicas),
        [],
        {
          what: 'the numbers of pods that the controller writes after three were asked for',
          at: own.spot(written[0] ?? change),
        },
      );
    },
  },
  {
    id: 'zero-stays',
    title: 'No pod is a number too',
    points: 2,
    rule: 'A Revision that nobody calls is scaled to zero, and zero is a number as good as any.',
    async judge({ run }) {
      const own = await run();
      const { change, own: written } = answers(own, 2);
      expectSame(
        written.map((write) => specOf(write).replicas),
        [],
        {
          what: 'the numbers of pods that the controller writes after none was asked for',
          at: own.spot(written[0] ?? change),
        },
      );
    },
  },
  {
    id: 'drift-repaired',
    title: 'The queue proxy comes back, once',
    points: 4,
    rule: 'Everything else of a Deployment is as the Revision wants it, and what was put right is not written again.',
    async judge({ run }) {
      const own = await run();
      const { change, own: written } = answers(own, 1);
      const seen = written.map((write) => {
        const { replicas, template } = specOf(write);
        const containers = template?.spec?.containers ?? [];
        return `${replicas} of ${containers.map(({ name }) => name).join(' and ')}`;
      });
      expectSame(seen, ['3 of user-container and queue-proxy'], {
        what: 'the pods that the controller asks for after the queue proxy was taken out',
        at: own.spot(written[1] ?? written[0] ?? change),
      });
    },
  },
];
