/**
 * Cleaning up a deleted Route: what has to go first, whose turn it is, and
 * what a crash in the middle may leave.
 */
import { expectSame, fail } from '#exercise';
import type { Check, Run, Write } from '#exercise';

const own = 'routes.serving.knative.dev';
const answerAfter = 2;

interface Held {
  readonly metadata?: { readonly finalizers?: readonly string[] };
}

const finalizers = (object: unknown): readonly string[] =>
  (object as Held | undefined)?.metadata?.finalizers ?? [];

/** Writes of the route controller that take a finalizer off. */
const released = (run: Run, finalizer: string): Write[] =>
  run
    .writes('Route')
    .filter(
      ({ by, before, object, verb }) =>
        by === 'route' &&
        verb !== 'delete' &&
        finalizers(before).includes(finalizer) &&
        !finalizers(object).includes(finalizer),
    );

const deleted = (run: Run): Write[] =>
  run.writes('ClusterIngress').filter(({ verb }) => verb === 'delete');

export const checks: readonly Check[] = [
  {
    id: 'nothing-left',
    title: 'No ClusterIngress is left',
    points: 3,
    rule: 'While the Route is there, somebody knows that there is an ingress to delete; when it has gone, nobody does.',
    async judge({ run }) {
      const seen = await run();
      seen.expectEnd();
      const { ingress } = (seen.result ?? {}) as { ingress?: unknown };
      if (ingress === undefined) return;
      fail({
        expected: 'no ClusterIngress at the end of the run',
        seen: 'it is still there, and no Route belongs to it',
        at: seen.spot(released(seen, own)[0] ?? seen.first('call die')),
      });
    },
  },
  {
    id: 'confirmed',
    title: 'The finalizer waits for the answer',
    points: 2,
    rule: 'The finalizer goes when the API server has said that the ClusterIngress is gone, and not when it was asked.',
    async judge({ run }) {
      const seen = await run();
      const [gone] = deleted(seen);
      const [release] = released(seen, own);
      if (release === undefined || gone === undefined) return;
      if (release.time >= gone.time + answerAfter) return;
      fail({
        expected: `the finalizer to go after the answer to "${gone.address}", which takes ${answerAfter} ms`,
        seen:
          release.time < gone.time
            ? 'it goes before the request'
            : `it goes ${release.time - gone.time} ms after the request`,
        at: seen.spot(release),
      });
    },
  },
  {
    id: 'in-turn',
    title: 'Everybody waits for his turn',
    points: 2,
    rule: 'Finalizers are worked off from the first to the last, and each is taken off by its owner.',
    async judge({ run }) {
      const seen = await run();
      const [taken] = released(seen, 'backup.example.com');
      if (taken !== undefined) {
        fail({
          expected: 'the finalizer of the backup program to be left alone',
          seen: 'the route controller takes it off',
          at: seen.spot(taken),
        });
      }
      const early = deleted(seen).find(({ time }) => time < 2000);
      if (early === undefined) return;
      fail({
        expected: 'the ClusterIngress to stay while it is the turn of another',
        seen: `it is deleted at ${early.time / 1000} s`,
        at: seen.spot(early),
      });
    },
  },
  {
    id: 'let-go',
    title: 'In the end the Route goes',
    points: 1,
    rule: 'A Route that is cleaned up has nothing to wait for any more.',
    async judge({ run }) {
      const seen = await run();
      seen.expectEnd();
      const { route } = (seen.result ?? {}) as { route?: unknown };
      expectSame(route === undefined ? 'gone' : 'still there', 'gone', {
        what: 'the Route at the end of the run',
        at: seen.spot(seen.writes('Route').at(-1)),
      });
    },
  },
];
