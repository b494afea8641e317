/**
 * A word and its handler: what each word of a source brings about.
 */
import { expectSame, fail } from '#exercise';
import type { Bench, Check, Moment, Run } from '#exercise';
import type * as Channels from '../../../../../runnable/sim/channel.ts';
import type { Instant } from '../../../../../runnable/sim/clock.ts';
import type { Pod } from '../../../../../runnable/kubelet/api/v1.ts';
import type { Kubelet } from '../../../../../runnable/kubelet/kubelet.ts';
import type { PodLifecycleEvent } from '../../../../../runnable/kubelet/pleg/pleg.ts';
import type * as SyncLoop from '../../../../../runnable/kubelet/sync-loop.ts';
import type {
  PodOperation,
  PodUpdate,
} from '../../../../../runnable/kubelet/types/pod-update.ts';

interface Request {
  readonly updateType: string;
  readonly pod: Pod;
}

/** What the worker of `web` is asked for when a word comes. */
function asked(run: Run): (Moment & Request)[] {
  const words = run.all('chan.send configCh').map(({ time }) => time);
  return run
    .calls('PodWorkers.updatePod')
    .map((call) => ({ ...call, ...(call.args[0] as Request) }))
    .filter(({ pod }) => pod.metadata.name === 'web')
    .filter(({ time }) => words.includes(time));
}

/** What a request says of the pod: its version, and whether it is leaving. */
function said(request: Request | undefined): string {
  const { labels = {}, deletionTimestamp } = request?.pod.metadata ?? {};
  const version = labels['version'] ?? 'v1';
  return deletionTimestamp === undefined
    ? version
    : `${version}, on its way out`;
}

const described = (request: Request): string =>
  `${request.updateType} (${said(request)})`;

/** Sources that count as heard after one word without pods. */
async function heardAfter(
  { load, inWorld }: Bench,
  op: PodOperation,
): Promise<string[]> {
  const { Channel } = await load<typeof Channels>('runnable/sim/channel.ts');
  const { syncLoopIteration } = await load<typeof SyncLoop>(
    'runnable/kubelet/sync-loop.ts',
  );
  const heard: string[] = [];
  await inWorld(async (sim) => {
    const configCh = new Channel<PodUpdate>(sim, 'configCh', 1);
    configCh.trySend({ op, pods: [], source: 'api' });
    const kl = {
      sim,
      livenessManager: { updates: () => new Channel(sim, 'liveness', 1) },
      podManager: { getPods: () => [] },
      sourcesReady: {
        addSource: (source: string) => {
          heard.push(source);
        },
      },
    } as unknown as Kubelet;
    await syncLoopIteration(kl, {
      configCh,
      plegCh: new Channel<PodLifecycleEvent>(sim, 'plegCh', 1),
      syncCh: new Channel<Instant>(sim, 'syncCh', 1),
      housekeepingCh: new Channel<Instant>(sim, 'housekeepingCh', 1),
    });
  });
  return heard;
}

export const checks: readonly Check[] = [
  {
    id: 'come-and-change',
    title: 'What comes is created, what changes is updated',
    points: 3,
    rule: 'ADD brings a worker its first request, and each change of the pod another, whatever changed.',
    async judge({ run }) {
      const own = await run();
      const all = asked(own);
      const [first] = all;
      const second = all.find((each) => said(each) === 'v2');
      expectSame(
        [first, second].map((each) => each && described(each)),
        ['create (v1)', 'update (v2)'],
        {
          what: 'what the worker of web is asked for first',
          at: own.spot(
            second ?? first ?? own.first('store.create Pod default/web'),
          ),
        },
      );
    },
  },
  {
    id: 'delete-is-a-change',
    title: 'DELETE is a change like others',
    points: 2,
    rule: 'DELETE says that a pod is to stop, and it is the worker that stops it; nothing is gone yet.',
    async judge({ run }) {
      const own = await run();
      const deletion = own.first('store.delete Pod default/web');
      const leaving = asked(own).find(
        ({ pod }) => pod.metadata.deletionTimestamp !== undefined,
      );
      if (leaving !== undefined) return;
      fail({
        expected: 'a request to update web, which is on its way out',
        seen: 'the worker is not told of it',
        at: own.spot(deletion),
      });
    },
  },
  {
    id: 'echo-calls-nobody',
    title: 'An echo calls nobody',
    points: 1,
    rule: 'A RECONCILE is the echo of a report of the kubelet itself, so no worker is called because of it.',
    async judge({ run }) {
      const own = await run();
      const all = asked(own);
      const unasked = all.filter(
        (each, index) =>
          each.updateType === 'sync' ||
          (index > 0 && said(each) === said(all[index - 1])),
      );
      expectSame(unasked.map(described), [], {
        what: 'the requests about web that no change explains',
        at: own.spot(unasked[0] ?? own.first('store.patch Pod default/web')),
      });
    },
  },
  {
    id: 'remove-ends',
    title: 'REMOVE is the end',
    points: 2,
    rule: 'A pod that is gone from its source is forgotten at once, and what runs of it is stopped.',
    async judge({ run }) {
      const own = await run();
      const { log } = own.result as {
        readonly log: { readonly runtime: readonly string[] };
      };
      expectSame(
        log.runtime.filter((each) => / log running$/.test(each)),
        [],
        {
          what: 'what still runs of log 2.5 s after its file is gone',
          at: own.spot(own.all('chan.send source/file').at(-1)),
        },
      );
    },
  },
  {
    id: 'source-heard',
    title: 'A source counts as heard',
    points: 1,
    rule: 'Any word of a source makes it heard, even one without pods; a RESTORE is no word of a source.',
    async judge(bench) {
      expectSame(await heardAfter(bench, 'ADD'), ['api'], {
        what: 'the sources heard after an ADD without pods',
      });
      expectSame(await heardAfter(bench, 'RESTORE'), [], {
        what: 'the sources heard after a RESTORE',
      });
    },
  },
];
