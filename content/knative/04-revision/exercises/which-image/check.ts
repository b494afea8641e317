/**
 * Which image, exactly: how often the registry is asked, what becomes of its
 * answer, and what of an error.
 */
import { expectSame, fail } from '#exercise';
import type { Call, Check, Run } from '#exercise';

interface Status {
  readonly imageDigest?: string;
  readonly conditions?: readonly {
    readonly type: string;
    readonly status: string;
    readonly reason?: string;
    readonly message?: string;
  }[];
}

const statusOf = (object: unknown): Status =>
  (object as { readonly status?: Status } | undefined)?.status ?? {};

/** Questions to the registry. */
const questions = (run: Run): Call[] => run.calls('DigestResolver.resolve');

/** The first question that was answered. */
const answered = (run: Run): Call | undefined =>
  questions(run).find(({ threw, end }) => !threw && end !== undefined);

export const checks: readonly Check[] = [
  {
    id: 'says-why',
    title: 'The status says what is wrong with the image',
    points: 3,
    rule: 'Who waits for a Revision reads its status, so a failure that ends the run is written there first.',
    async judge({ run }) {
      const own = await run();
      const [write] = own
        .writes('Revision')
        .filter(({ by }) => by !== 'scenario');
      const { conditions = [] } = statusOf(write?.object);
      const healthy = conditions.find(
        ({ type }) => type === 'ContainerHealthy',
      );
      const { status = 'nothing', reason = '' } = healthy ?? {};
      expectSame(`${status} ${reason}`.trim(), 'False ContainerMissing', {
        what: 'ContainerHealthy in the first status',
        at: own.spot(write ?? questions(own)[0]),
      });
      const { message = '' } = healthy ?? {};
      const parts = [
        'gcr.io/knative-samples/helloworld-go',
        'MANIFEST_UNKNOWN',
      ];
      if (parts.every((part) => message.includes(part))) return;
      fail({
        expected:
          'a message with the name of the image and the words of the registry',
        seen: `"${message}"`,
        at: own.spot(write),
      });
    },
  },
  {
    id: 'stops-there',
    title: 'Nothing is made while the image is unknown',
    points: 3,
    rule: 'The first error ends the run, and the key is tried again from the top.',
    async judge({ run }) {
      const own = await run();
      const made = own.first('store.create Deployment');
      const found = answered(own);
      if (found === undefined) {
        fail({
          expected: 'the registry to be asked again until it has the image',
          seen: `${questions(own).length} questions, none of them answered`,
          at: own.spot(questions(own).at(-1) ?? own.first('queue.get')),
        });
      }
      if (made !== undefined && made.row > (found.end ?? 0)) return;
      fail({
        expected: 'the Deployment after the registry has answered',
        seen: made === undefined ? 'none at all' : 'one before that',
        at: own.spot(made ?? found),
      });
    },
  },
  {
    id: 'asks-once',
    title: 'An answer is kept',
    points: 2,
    rule: 'A tag may mean another image tomorrow, and a Revision may not: the first answer stands.',
    async judge({ run }) {
      const own = await run();
      const last = own.writes('Revision').at(-1);
      const { imageDigest = '' } = statusOf(last?.object);
      if (!imageDigest.includes('helloworld-go@sha256:')) {
        fail({
          expected: 'the digest in status.imageDigest at the end',
          seen: imageDigest === '' ? 'nothing there' : imageDigest,
          at: own.spot(last),
        });
      }
      const again = questions(own).find(
        ({ row }) => row > (answered(own)?.end ?? Infinity),
      );
      if (again === undefined) return;
      fail({
        expected: 'no question to the registry once it has answered',
        seen: `another at ${again.time / 1000} s`,
        at: own.spot(again),
      });
    },
  },
  {
    id: 'asks-properly',
    title: 'The resolver learns whose secrets to use',
    points: 1,
    rule: 'A registry may be open to some only, so the question names the namespace and the account of the Revision.',
    async judge({ run }) {
      const own = await run();
      const [first] = questions(own);
      expectSame(
        first?.args.slice(0, 2),
        [
          'gcr.io/knative-samples/helloworld-go',
          { namespace: 'default', serviceAccountName: '' },
        ],
        {
          what: 'the image and the keychain that the resolver is asked with',
          at: own.spot(first ?? own.first('queue.get')),
        },
      );
    },
  },
];
