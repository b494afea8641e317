/**
 * The second name: when it moves, when it stays, and what is said of it.
 */
import { expectSame, fail } from '#exercise';
import type { Check, Run, Write } from '#exercise';

interface Status {
  readonly conditions?: readonly {
    readonly type: string;
    readonly status: string;
    readonly reason?: string;
    readonly message?: string;
  }[];
  readonly latestReadyRevisionName?: string;
}

const statusOf = (object: unknown): Status =>
  (object as { readonly status?: Status } | undefined)?.status ?? {};

/** `Ready` as a word or two: `True`, `False RevisionFailed`. */
function readyIn(object: unknown): string {
  const { conditions = [] } = statusOf(object);
  const ready = conditions.find(({ type }) => type === 'Ready');
  return [ready?.status, ready?.reason].filter(Boolean).join(' ');
}

/** What the controller wrote, in order. */
const written = (run: Run): Write[] =>
  run.writes('Configuration').filter(({ by }) => by === 'configuration');

/** How often an event was recorded. */
const times = (run: Run, reason: string): number =>
  run.all(`event ${reason}`).length;

export const checks: readonly Check[] = [
  {
    id: 'ready-moves-it',
    title: 'A ready Revision becomes the latest ready one',
    points: 2,
    rule: 'Routes follow the second name, so it moves as soon as the newest Revision is ready.',
    async judge({ run }) {
      const own = await run();
      const last = written(own).at(-1);
      expectSame(
        [statusOf(last?.object).latestReadyRevisionName, readyIn(last?.object)],
        ['helloworld-go-00003', 'True'],
        {
          what: 'the second name and Ready after the third Revision became ready',
          at: own.spot(last),
        },
      );
    },
  },
  {
    id: 'failed-leaves-it',
    title: 'A failed Revision changes Ready and no name',
    points: 3,
    rule: 'A Revision that failed takes no traffic away: the latest ready one stays what it was.',
    async judge({ run }) {
      const own = await run();
      const failed = written(own).find(({ object }) =>
        readyIn(object).startsWith('False'),
      );
      if (failed === undefined) {
        const report = own.first('store.updateStatus Revision');
        fail({
          expected: 'a status with Ready False after the Revision failed',
          seen: 'none',
          at: own.spot(report),
        });
      }
      const { conditions = [], latestReadyRevisionName } = statusOf(
        failed.object,
      );
      expectSame(
        [readyIn(failed.object), latestReadyRevisionName],
        ['False RevisionFailed', 'helloworld-go-00001'],
        { what: 'Ready and the second name', at: own.spot(failed) },
      );
      const { message = '' } =
        conditions.find(({ type }) => type === 'Ready') ?? {};
      if (message.includes('MANIFEST_UNKNOWN')) return;
      fail({
        expected: "the Revision's own message in that of the Configuration",
        seen: `"${message}"`,
        at: own.spot(failed),
      });
    },
  },
  {
    id: 'unknown-is-no-news',
    title: 'While nobody knows, nothing is written',
    points: 1,
    rule: 'Unknown is no news: the run ends as it began.',
    async judge({ run }) {
      const own = await run('first-revision');
      const values = written(own).map(({ object }) => readyIn(object));
      expectSame(values, ['Unknown', 'True'], {
        what: 'the values of Ready that are written for a Revision that is made, deployed, and ready',
        at: own.spot(written(own)[1]),
      });
    },
  },
  {
    id: 'good-news-once',
    title: 'Good news is told once',
    points: 2,
    rule: 'An event about a name is recorded when the name moves, and not when it is as it was.',
    async judge({ run }) {
      const first = await run('first-revision');
      const later = await run();
      const reasons = ['ConfigurationReady', 'LatestReadyUpdate'];
      expectSame(
        reasons.map((reason) => times(first, reason)),
        [1, 1],
        {
          what: `how often ${reasons.join(' and ')} are recorded for a first Revision`,
          at: first.spot(
            first.all('event').at(-1) ?? first.all('queue.done').at(-1),
          ),
        },
      );
      expectSame(
        reasons.map((reason) => times(later, reason)),
        [0, 1],
        {
          what: `how often ${reasons.join(' and ')} are recorded when the third Revision replaces the first`,
          at: later.spot(
            later.first('event ConfigurationReady') ??
              later.first('event LatestReadyUpdate'),
          ),
        },
      );
    },
  },
  {
    id: 'bad-news-always',
    title: 'Bad news is told at every look',
    points: 1,
    rule: 'The warning belongs to looking, and not to changing.',
    async judge({ run }) {
      const own = await run();
      expectSame(times(own, 'LatestCreatedFailed'), 3, {
        what: 'how often LatestCreatedFailed is recorded at three looks at a failed Revision',
        at: own.spot(
          own.all('event LatestCreatedFailed').at(-1) ??
            own.first('store.updateStatus Revision'),
        ),
      });
    },
  },
];
