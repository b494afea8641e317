/**
 * A Route hears of what it names, whether that was there at the time or not,
 * and does nothing while there is no news.
 */
import { fail } from '#exercise';
import type { Check, Run, Write } from '#exercise';

/** News may take a moment: the cache, a worker, and the writes before it. */
const soon = 20;

interface Written {
  readonly status?: {
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly reason?: string;
    }[];
  };
}

/** What the Route says of its targets, as written. */
function assigned({ object }: Write): string {
  const { status } = (object ?? {}) as Written;
  const found = status?.conditions?.find(
    ({ type }) => type === 'AllTrafficAssigned',
  );
  return [found?.status, found?.reason].filter(Boolean).join(' ');
}

/** The write that somebody else made, which the Route waits for. */
const news = (run: Run, kind: string, verb: string, name: string) =>
  run
    .writes(kind)
    .find((write) => write.verb === verb && write.name === `default/${name}`);

/** Fails unless a write of a Route that fits follows soon. */
function expectSoon(
  run: Run,
  after: Write | undefined,
  wanted: { readonly what: string; readonly fits: (write: Write) => boolean },
): void {
  const start = after?.time ?? 0;
  const later = run
    .writes('Route')
    .filter(({ time, by }) => by === 'route' && time >= start);
  const found = later.find(wanted.fits);
  if (found !== undefined && found.time - start <= soon) return;
  const past = run.writes('Route').filter(({ time }) => time < start);
  const last = past.at(-1);
  fail({
    expected: `${wanted.what} within ${soon} ms after "${after?.address ?? ''}"`,
    seen:
      found === undefined
        ? `it never does, and stays at ${last ? assigned(last) : 'nothing'}`
        : `it does ${(found.time - start) / 1000} s later`,
    at: run.spot(after),
  });
}

export const checks: readonly Check[] = [
  {
    id: 'revision-heard',
    title: 'A Revision that appears is heard of',
    points: 3,
    rule: 'A Route is looked at again when a Revision that it names is made or changes, even if it was not there before.',
    async judge({ run }) {
      const own = await run();
      const ready = news(
        own,
        'Revision',
        'updateStatus',
        'helloworld-go-00002',
      );
      expectSoon(own, ready, {
        what: 'the Route to say AllTrafficAssigned True',
        fits: (write) => assigned(write) === 'True',
      });
    },
  },
  {
    id: 'configuration-heard',
    title: 'A Configuration that appears is heard of',
    points: 3,
    rule: 'A Route is looked at again when a Configuration that it names is made, and not only when it has a Revision.',
    async judge({ run }) {
      const own = await run();
      const made = news(own, 'Configuration', 'create', 'helloworld-go');
      expectSoon(own, made, {
        what: 'the Route to stop saying ConfigurationMissing',
        fits: (write) => !assigned(write).includes('ConfigurationMissing'),
      });
    },
  },
  {
    id: 'found-heard',
    title: 'What was found is heard of as before',
    points: 2,
    rule: 'A Route that names a Configuration also has to hear of the Revision that this leads to.',
    async judge({ run }) {
      const own = await run();
      const gone = own
        .writes('Revision')
        .find(({ time, verb }) => time >= 5000 && verb === 'updateStatus');
      const start = gone?.time ?? 5000;
      const moved = own
        .writes('ClusterIngress')
        .some(({ time }) => time >= start && time - start <= soon);
      if (moved) return;
      fail({
        expected: `the ClusterIngress to change when Revision helloworld-go-00001 has no pods any more`,
        seen: 'nobody writes to it',
        at: own.spot(gone),
      });
    },
  },
  {
    id: 'no-error',
    title: 'Waiting is no error',
    points: 1,
    rule: 'A Route that waits for something needs no second try: it needs news.',
    async judge({ run }) {
      const own = await run();
      own.expectNever(
        'queue.addRateLimited Routes',
        'no run of the route controller to end with an error',
      );
      const polled = own
        .all('queue.get Routes')
        .find(({ time }) => time > 500 && time < 1000);
      if (polled === undefined) return;
      fail({
        expected: 'no run of the route controller while nothing happens',
        seen: `"${polled.address}" at ${polled.time / 1000} s`,
        at: own.spot(polled),
      });
    },
  },
];
