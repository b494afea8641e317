/**
 * No room, no waiting: what a relist does when nobody reads.
 */
import { expectSame } from '#exercise';
import type { Check, Run } from '#exercise';

interface Result {
  readonly heard: readonly string[];
  readonly cached: readonly string[];
}

function resultOf(run: Run): Result {
  run.expectEnd();
  return run.result as Result;
}

/** Where the channel was full, or else the first death that was told. */
const fullAt = (run: Run) =>
  run.spot(
    run.first('chan.send plegCh full') ?? run.all('change containers')[2],
  );

export const checks: readonly Check[] = [
  {
    id: 'goes-on',
    title: 'A full channel holds up no relist',
    points: 3,
    rule: 'PLEG relists once a second whether or not somebody reads what it sends, and stamps the cache each time.',
    async judge({ run }) {
      const own = await run();
      expectSame(
        own.calls('Cache.updateTime').map(({ time }) => time / 1000),
        [0, 1, 2, 3, 4, 5, 6, 7, 8],
        {
          what: 'the seconds at which the cache is stamped',
          at: fullAt(own),
        },
      );
    },
  },
  {
    id: 'what-fits',
    title: 'What finds room is sent, and nothing twice',
    points: 2,
    rule: 'What finds room is sent in its order; what finds none is dropped, and the next pass does not make up for it.',
    async judge({ run }) {
      const own = await run();
      const { heard } = resultOf(own);
      expectSame(
        heard.filter((event) => !event.startsWith('ContainerStarted')),
        ['ContainerDied c1', 'ContainerDied c2', 'ContainerRemoved c1'],
        {
          what: 'what the loop hears of the deaths',
          at: fullAt(own),
        },
      );
    },
  },
  {
    id: 'all-inspected',
    title: 'Every pod is inspected',
    points: 2,
    rule: 'An event is dropped, and knowledge is not: the cache has every change even if nobody is told of it.',
    async judge({ run }) {
      const own = await run();
      expectSame(
        resultOf(own).cached,
        ['c1 exited', 'c2 exited', 'c3 exited', 'c4 exited'],
        {
          what: 'what the cache says at 6.4 s',
          at: fullAt(own),
        },
      );
    },
  },
  {
    id: 'says-so',
    title: 'The log has a line for each',
    points: 2,
    rule: 'Whoever looks for a death that nobody heard of finds a line in the log for each event that was dropped.',
    async judge({ run }) {
      const own = await run();
      const lines = own.calls('errorf').map(({ args }) => args[0]);
      const line = 'event channel is full, discard this relist() cycle event';
      expectSame(lines, [line, line], {
        what: 'the errors in the log',
        at: fullAt(own),
      });
    },
  },
];
