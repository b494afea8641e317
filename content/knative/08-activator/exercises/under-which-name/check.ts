/**
 * Under which name: what the throttler knows of a Revision when its first
 * request comes.
 */
import { expectSame, fail } from '#exercise';
import type { Check, Run } from '#exercise';
import type { KObject } from '../../../../../runnable/apiserver/store.ts';
import type * as Listers from '../../../../../runnable/client-go/tools/cache/listers.ts';
import type * as Caches from '../../../../../runnable/client-go/tools/cache/store.ts';
import type * as Throttlers from '../../../../../runnable/knative/activator/throttler.ts';
import type { Endpoints } from '../../../../../runnable/knative/apis/core/v1/types.ts';
import type { RevisionObject } from '../../../../../runnable/knative/apis/serving/v1alpha1/revision-types.ts';
import type * as Logging from '../../../../../runnable/knative/logging/logger.ts';

const cache = 'runnable/client-go/tools/cache';

/** How long after each request came a pod had it, in seconds, in their order. */
const reached = (run: Run): number[] =>
  run.calls('serve').map(({ time }) => Math.round(time - 1000) / 1000);

function revision(name: string, containerConcurrency: number): RevisionObject {
  return {
    apiVersion: 'serving.knative.dev/v1alpha1',
    kind: 'Revision',
    metadata: { name, namespace: 'default' },
    spec: { containerConcurrency },
  };
}

/** Endpoints with so many addresses in each subset. */
function endpoints(
  name: string,
  counts: readonly number[],
  namespace = 'default',
): Endpoints {
  const addresses = (count: number): { ip: string }[] =>
    Array.from({ length: count }, (_, at) => ({ ip: `10.0.0.${at}` }));
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name, namespace },
    subsets: counts.map((count) => ({ addresses: addresses(count) })),
  };
}

export const checks: readonly Check[] = [
  {
    id: 'at-once',
    title: 'A request that finds ready pods does not wait',
    points: 3,
    rule: 'Pods that are ready count from the first request on, whether or not their news was heard.',
    async judge({ run }) {
      const own = await run();
      const [first, second] = reached(own);
      if (first !== undefined && first < 0.1) {
        if (second !== undefined && second < 0.1) return;
      }
      const after = (wait?: number): string =>
        wait === undefined ? 'never' : `after ${wait} s`;
      fail({
        expected: 'a pod to have the first two requests within 0.1 s',
        seen: `it has one ${after(first)} and one ${after(second)}`,
        at: own.spot(own.first('call admission') ?? own.first('call come')),
      });
    },
  },
  {
    id: 'no-more',
    title: 'No more are let through than the pods take',
    points: 2,
    rule: 'There are as many tokens as ready addresses, times what one pod takes.',
    async judge({ run }) {
      const own = await run();
      const calls = own.calls('serve');
      const early = calls.filter(({ time }) => time < 1500);
      expectSame(early.length, 2, {
        what: 'the number of requests that two pods have in the first half second',
        at: own.spot(early[2] ?? own.first('call admission')),
      });
      expectSame(calls.length, 3, {
        what: 'the number of requests that reach a pod in the end',
        at: own.spot(calls.at(-1)),
      });
    },
  },
  {
    id: 'its-own',
    title: 'Each Revision counts its own pods',
    points: 3,
    rule: 'The addresses of one Revision are those of the Endpoints that are called after its k8s Service, all subsets together; others do not count.',
    async judge({ load, inWorld }) {
      const { Throttler } = await load<typeof Throttlers>(
        'runnable/knative/activator/throttler.ts',
      );
      const { SugaredLogger } = await load<typeof Logging>(
        'runnable/knative/logging/logger.ts',
      );
      const { Lister } = await load<typeof Listers>(`${cache}/listers.ts`);
      const { Cache } = await load<typeof Caches>(`${cache}/store.ts`);
      const lister = <O extends KObject>(objects: readonly O[]) => {
        const cached = new Cache<O>();
        for (const object of objects) cached.add(object);
        return new Lister(cached);
      };
      const revisions = lister([
        revision('a', 2),
        revision('b', 1),
        revision('c', 0),
      ]);
      const found = lister([
        endpoints('a-service', [1, 2]),
        endpoints('aa-service', [4]),
        endpoints('b-service', [3], 'other'),
      ]);
      const seen = await inWorld(async (sim) => {
        const throttler = new Throttler(sim, {
          breakerParams: {
            queueDepth: 10,
            maxConcurrency: 50,
            initialCapacity: 0,
          },
          logger: new SugaredLogger('test'),
          listers: { revisions, endpoints: found },
        });
        for (const name of ['a', 'b', 'c']) {
          const id = { namespace: 'default', name };
          sim.go(`request ${name}`, () => throttler.try(id, async () => {}));
        }
        await sim.sleep(1);
        return Object.fromEntries(throttler.capacities);
      });
      expectSame(
        seen,
        { 'default/a': 6, 'default/b': 0, 'default/c': 50 },
        {
          what: 'the tokens of a, with three pods that take two requests each, of b and of c, with no pods, where those of c take any number,',
        },
      );
    },
  },
];
