/**
 * The one that still works: which Revisions stay, and which go.
 */
import { expectSame, fail } from '#exercise';
import type { Check } from '#exercise';
import type { RevisionObject } from '../../../../../runnable/knative/apis/serving/v1alpha1/revision-types.ts';
import type * as GcConfig from '../../../../../runnable/knative/gc/config.ts';
import type * as Gc from '../../../../../runnable/knative/reconciler/v1alpha1/configuration/gc.ts';

const file = 'runnable/knative/reconciler/v1alpha1/configuration/gc.ts';
const hour = 3_600_000;
const now = Date.UTC(2019, 3, 5);

/** A Revision so many hours old, which a Route used so many hours ago. */
function revision(
  name: string,
  created: number,
  lastPinned?: number,
): RevisionObject {
  const annotations =
    lastPinned === undefined
      ? {}
      : {
          'serving.knative.dev/lastPinned': String(
            (now - lastPinned * hour) / 1000,
          ),
        };
  const creationTimestamp = new Date(now - created * hour)
    .toISOString()
    .replace('.000', '');
  return {
    apiVersion: 'serving.knative.dev/v1alpha1',
    kind: 'Revision',
    metadata: { name, namespace: 'default', creationTimestamp, annotations },
    spec: {},
  };
}

/** Revisions, by what is said of them. */
const cases: Readonly<Record<string, RevisionObject>> = {
  'is the latest ready one': revision('ready', 72, 20),
  'was made last, and failed': revision('created', 72, 20),
  'was used 15 h ago': revision('a', 72, 15),
  'was used 16 h ago': revision('b', 72, 16),
  'is 23 h old': revision('c', 23, 20),
  'is 24 h old': revision('d', 24, 20),
  'was never used': revision('e', 72),
};

export const checks: readonly Check[] = [
  {
    id: 'latest-ready-stays',
    title: 'The latest ready Revision stays',
    points: 6,
    rule: 'A Route may come back to the latest ready Revision at any time, so it stays, however old it is and whatever was made since.',
    async judge({ run }) {
      const own = await run();
      const deleted = own
        .writes('Revision')
        .filter(({ verb }) => verb === 'delete');
      expectSame(
        deleted.map(({ name }) => name),
        [],
        {
          what: 'the Revisions that are deleted',
          at: own.spot(deleted[0]),
        },
      );
    },
  },
  {
    id: 'unused-goes',
    title: 'Another one that nobody uses goes',
    points: 2,
    rule: 'What a Route has used and does not use any more goes when its time is over, even if it could still run.',
    async judge({ run }) {
      const own = await run('stale-revision');
      const deleted = own
        .writes('Revision')
        .filter(({ verb }) => verb === 'delete');
      expectSame(
        deleted.map(({ name }) => name),
        ['default/helloworld-go-00001'],
        {
          what: 'the Revisions that are deleted in eleven hours',
          at: own.spot(
            deleted.find(({ name }) => !name.endsWith('-00001')) ??
              own.first('call judge'),
          ),
        },
      );
    },
  },
  {
    id: 'each-question',
    title: 'Each question is asked of the right thing',
    points: 2,
    rule: 'Young, never used, used not too long ago, and latest ready: one of the four is enough to stay.',
    async judge({ load }) {
      const { isRevisionStale } = await load<typeof Gc>(file);
      const { Config } = await load<typeof GcConfig>(
        'runnable/knative/gc/config.ts',
      );
      const status = {
        latestReadyRevisionName: 'ready',
        latestCreatedRevisionName: 'created',
      };
      const gc = new Config({});
      for (const [says, revision] of Object.entries(cases)) {
        const goes =
          says.startsWith('was made last') || /16 h ago|24 h old/.test(says);
        if (isRevisionStale(revision, status, gc, now) === goes) continue;
        fail({
          expected: `that a Revision ${goes ? 'may go' : 'stays'} which ${says}`,
          seen: `that it ${goes ? 'stays' : 'may go'}`,
        });
      }
    },
  },
];
