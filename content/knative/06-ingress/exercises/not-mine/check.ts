/**
 * A VirtualService that is missing, changed, somebody else's, or right: what
 * the clusteringress controller writes in each case.
 */
import { expectSame, fail } from '#exercise';
import type { Check, Run, Write } from '#exercise';

interface Stored {
  readonly metadata?: {
    readonly labels?: Readonly<Record<string, string>>;
    readonly ownerReferences?: readonly { readonly name: string }[];
  };
  readonly spec?: unknown;
  readonly status?: {
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly reason?: string;
    }[];
  };
}

/** What the controller writes to VirtualServices in a part of the run. */
const written = (run: Run, from: number, to: number): Write[] =>
  run
    .writes('VirtualService')
    .filter(
      ({ by, time }) => by === 'clusteringress' && time >= from && time < to,
    );

/** The last that the status says of the network before a moment. */
function networkConfigured(run: Run, before: number) {
  const last = run
    .writes('ClusterIngress')
    .findLast(({ verb, time }) => verb === 'updateStatus' && time < before);
  const { status: written } = (last?.object ?? {}) as Stored;
  const condition = written?.conditions?.find(
    ({ type }) => type === 'NetworkConfigured',
  );
  const { status, reason } = condition ?? {};
  return { last, seen: [status, reason].filter(Boolean).join(' ') };
}

export const checks: readonly Check[] = [
  {
    id: 'creates',
    title: 'A VirtualService that is missing is created',
    points: 2,
    rule: 'With no VirtualService in the cache, the controller creates one.',
    async judge({ run }) {
      const own = await run();
      const [first] = written(own, 0, 1000);
      expectSame(first?.verb ?? 'nothing', 'create', {
        what: 'the first that the controller writes to a VirtualService',
        at: own.spot(first ?? own.first('store.create ClusterIngress')),
      });
    },
  },
  {
    id: 'repairs',
    title: 'A spec that drifted is put right',
    points: 3,
    rule: 'Of a VirtualService of its own, the controller replaces the spec, and leaves the labels that others have put there.',
    async judge({ run }) {
      const own = await run();
      const [created] = written(own, 0, 1000);
      const drift = own
        .writes('VirtualService')
        .find(({ by }) => by === 'user');
      const [repair] = written(own, 1000, 2000);
      if (repair === undefined) {
        fail({
          expected: 'a write within a second after the user changed the spec',
          seen: 'none',
          at: own.spot(drift),
        });
      }
      const wanted = created?.object as Stored | undefined;
      const { metadata, spec } = (repair.object ?? {}) as Stored;
      expectSame(spec, wanted?.spec, {
        what: 'the spec',
        at: own.spot(repair),
      });
      expectSame(metadata?.labels?.['team'] ?? 'gone', 'red', {
        what: 'the label "team" of the user',
        at: own.spot(repair),
      });
    },
  },
  {
    id: 'left-alone',
    title: 'What belongs to nobody is left alone',
    points: 2,
    rule: 'The controller writes to a VirtualService only while its own ClusterIngress controls it.',
    async judge({ run }) {
      const own = await run();
      const [touched] = written(own, 2000, 3000);
      if (touched === undefined) return;
      fail({
        expected:
          'nothing to be written to a VirtualService that has lost its owner',
        seen: `"${touched.address}" at ${touched.time / 1000} s`,
        at: own.spot(touched),
      });
    },
  },
  {
    id: 'says-so',
    title: 'It says so, and tries again',
    points: 2,
    rule: 'What the controller may not touch is an error: the status names it, and the key is tried again until somebody has settled it.',
    async judge({ run }) {
      const own = await run();
      const { last, seen } = networkConfigured(own, 3000);
      expectSame(seen, 'False NotOwned', {
        what: 'the condition NetworkConfigured',
        at: own.spot(last ?? own.moments.at(-1)),
      });
      const gone = own.first('store.delete VirtualService');
      const again = written(own, 3000, 5000);
      if (again.some(({ verb }) => verb === 'create')) return;
      fail({
        expected: 'a new VirtualService after the user deleted the old one',
        seen: 'none within two seconds',
        at: own.spot(gone ?? last),
      });
    },
  },
];
