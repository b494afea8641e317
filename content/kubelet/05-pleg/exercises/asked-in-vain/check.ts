/**
 * Asked in vain: what becomes of an event whose pod cannot be inspected.
 */
import { expectSame } from '#exercise';
import type { Check, Run } from '#exercise';

interface Heard {
  readonly event: string;
  readonly at: number;
  readonly cached: string;
}

/** What the loop heard of the deaths of a container, and when. */
function deathsOf(run: Run, id: string): Heard[] {
  run.expectEnd();
  const { heard } = run.result as { readonly heard: readonly Heard[] };
  return heard.filter(({ event }) => event === `ContainerDied ${id}`);
}

const timeOf = ([first]: readonly Heard[]): string =>
  first === undefined ? 'never' : `${first.at} s`;

/** The first inspection that failed, or else the deaths. */
const failedAt = (run: Run) =>
  run.spot(
    run.calls('errorf')[0] ?? run.first('change containers') ?? run.moments[0],
  );

export const checks: readonly Check[] = [
  {
    id: 'told-later',
    title: 'The death is told when the pod can be inspected',
    points: 4,
    rule: 'A failed inspection puts an event off and does not do away with it: the next pass finds the same difference.',
    async judge({ run }) {
      const own = await run();
      expectSame(timeOf(deathsOf(own, 'c1')), '4 s', {
        what: 'the time at which the loop hears of the death of c1',
        at: failedAt(own),
      });
    },
  },
  {
    id: 'cache-first',
    title: 'Whoever is told finds it in the cache',
    points: 2,
    rule: 'No event is sent before the cache has a status that is as new.',
    async judge({ run }) {
      const own = await run();
      const early = ['c1', 'c2']
        .flatMap((id) => deathsOf(own, id))
        .filter(({ cached }) => cached !== 'exited');
      expectSame(
        early.map(({ event, cached }) => `${event}: ${cached}`),
        [],
        {
          what: 'the deaths of which the cache has no good status when they are told',
          at: failedAt(own),
        },
      );
    },
  },
  {
    id: 'others-at-once',
    title: 'Other pods are not held up',
    points: 1,
    rule: 'One pod that cannot be inspected does not keep PLEG from telling of others.',
    async judge({ run }) {
      const own = await run();
      expectSame(timeOf(deathsOf(own, 'c2')), '2 s', {
        what: 'the time at which the loop hears of the death of c2',
        at: failedAt(own),
      });
    },
  },
  {
    id: 'once',
    title: 'Nothing is told twice',
    points: 1,
    rule: 'Once a difference has been told it is a difference no more.',
    async judge({ run }) {
      const own = await run();
      const times = ['c1', 'c2'].map((id) => deathsOf(own, id).length);
      const told = times.map((count) => Math.max(count, 1));
      expectSame(told, [1, 1], {
        what: 'how often the deaths of c1 and c2 are told',
        at: own.spot(own.all('chan.send plegCh').at(-1)),
      });
    },
  },
];
