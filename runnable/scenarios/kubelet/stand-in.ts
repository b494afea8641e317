/**
 * The world of the pod-workers scenarios: real workers, cache and work queue,
 * around a `syncPod` and an inspection that are played.
 */
import { EventRecorder } from '../../client-go/tools/record/event.ts';
import type { Pod, PodStatus } from '../../kubelet/api/v1.ts';
import { Cache } from '../../kubelet/container/cache.ts';
import { PodWorkers } from '../../kubelet/pod-workers.ts';
import type {
  SyncPodOptions,
  SyncPodType,
  UpdatePodOptions,
} from '../../kubelet/pod-worker-options.ts';
import { WorkQueue } from '../../kubelet/util/queue/work-queue.ts';
import type { Instant, Milliseconds } from '../../sim/clock.ts';
import type { Sim } from '../../sim/sim.ts';
import type { Lane, Slot, View, Watched } from '../scenario.ts';

/** How long the stand-in takes, by what it is asked to do. */
export type Takes = Readonly<Record<SyncPodType, Milliseconds>>;

export const podWorkersCast: readonly Lane[] = [
  {
    id: 'loop',
    noun: 'the main loop',
    role: 'hears of every pod',
    played: true,
    tasks: ['loop', 'main'],
  },
  {
    id: 'worker',
    noun: 'the worker',
    role: 'of pod web',
    tasks: ['worker uid-web*'],
  },
  {
    id: 'eviction',
    noun: 'the eviction manager',
    role: 'waits for an answer',
    tasks: ['eviction*'],
  },
  {
    id: 'pleg',
    noun: 'the inspection',
    role: 'stamps the cache',
    played: true,
    tasks: ['pleg'],
  },
];

/** Pod `web`, as the request of this version of its labels describes it. */
export function web(version: string): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'web',
      namespace: 'default',
      uid: 'uid-web',
      labels: { version },
    },
    spec: {
      restartPolicy: 'Always',
      containers: [{ name: 'app', image: 'app:1' }],
    },
    status: { phase: 'Pending' },
  };
}

/** What a pod that was evicted ends with. */
export const evicted: PodStatus = {
  phase: 'Failed',
  reason: 'Evicted',
  message: 'The node was low on resource: memory.',
};

/** Real pod workers, and everything around them that is played. */
export class PodWorkersWorld {
  readonly sim: Sim;
  readonly cache: Cache;
  readonly workQueue: WorkQueue;
  readonly recorder: EventRecorder;
  readonly podWorkers: PodWorkers;
  readonly start: Instant;
  /** What each sync was asked for, in order. */
  readonly synced: string[] = [];
  status: PodStatus = { phase: 'Pending' };
  readonly #takes: Takes;

  constructor(sim: Sim, takes: Takes) {
    this.sim = sim;
    this.start = sim.now();
    this.#takes = takes;
    this.cache = new Cache(sim);
    this.workQueue = new WorkQueue(sim.clock);
    this.recorder = new EventRecorder('kubelet');
    this.podWorkers = new PodWorkers(sim, {
      syncPodFn: (options) => syncPod(this, options),
      recorder: this.recorder,
      workQueue: this.workQueue,
      resyncInterval: 60_000,
      backOffPeriod: 10_000,
      podCache: this.cache,
    });
  }

  takes(updateType: SyncPodType): Milliseconds {
    return this.#takes[updateType];
  }

  /** Stamps the cache now and every second, as often as said. */
  inspect(times: number): void {
    this.sim.go('pleg', async () => {
      for (let pass = 0; pass < times; pass += 1) {
        if (pass > 0) await this.sim.sleep(1000);
        this.cache.updateTime(this.sim.now());
      }
    });
  }

  /** Waits until so long after the start of the run. */
  async at(moment: Milliseconds): Promise<void> {
    await this.sim.sleep(this.start + moment - this.sim.now());
  }

  view(): View {
    return {
      watched: this.#watched(),
      slots: () => this.#slots(),
      things: () => [
        {
          kind: 'Pod',
          name: 'web',
          fields: {
            phase: this.status.phase ?? '',
            reason: this.status.reason ?? '',
          },
        },
      ],
    };
  }

  #watched(): Watched[] {
    const { isWorking, lastUndeliveredWorkUpdate } = this.podWorkers;
    return [
      {
        name: 'lastUndeliveredWorkUpdate[uid-web]',
        read: () => describe(lastUndeliveredWorkUpdate.get('uid-web')),
      },
      { name: 'isWorking[uid-web]', read: () => isWorking.get('uid-web') },
      { name: 'workQueue[uid-web]', read: () => this.#due() },
    ];
  }

  #slots(): Slot[] {
    const channel = this.podWorkers.podUpdates.get('uid-web');
    const parked = this.podWorkers.lastUndeliveredWorkUpdate.get('uid-web');
    const due = this.#due();
    return [
      {
        group: 'podUpdates',
        name: 'podUpdates/uid-web',
        capacity: 1,
        contents: (channel?.contents ?? []).map(describeRequest),
        ...(channel === undefined ? { note: 'no channel' } : {}),
      },
      {
        group: 'lastUndeliveredWorkUpdate',
        name: 'lastUndeliveredWorkUpdate[uid-web]',
        capacity: 1,
        contents: parked === undefined ? [] : [describeRequest(parked)],
        ...(parked?.updateType === 'kill' ? { note: 'locked: a kill' } : {}),
      },
      {
        group: 'workQueue',
        name: 'workQueue',
        contents: due === undefined ? [] : [`uid-web, due at ${due}`],
      },
    ];
  }

  #due(): string | undefined {
    const due = this.workQueue.queue.get('uid-web');
    if (due === undefined) return undefined;
    return `${((due - this.start) / 1000).toFixed(3)}s`;
  }
}

function describe(request: UpdatePodOptions | undefined): string | undefined {
  return request === undefined ? undefined : describeRequest(request);
}

function describeRequest(request: UpdatePodOptions): string {
  if (request.updateType !== 'update') return request.updateType;
  const { version } = request.pod.metadata.labels ?? {};
  return `update (labels ${version ?? 'none'})`;
}

/**
 * A stand-in: takes as long as the scenario says, and if it is to kill, leaves
 * the pod with the status that the killer chose.
 *
 * @story as {options.updateType}
 * @story when options.updateType == 'kill': Now that its knowledge is fresh, the worker passes the kill on to `syncPod`.
 * @story when options.updateType == 'create': With an empty status in hand, the worker begins to sync the pod.
 * @story With a status newer than its last sync, the worker syncs the pod again.
 * @story returns: `syncPod` returns without an error after {took}, and the worker notes the time.
 */
async function syncPod(
  world: PodWorkersWorld,
  options: SyncPodOptions,
): Promise<void> {
  const { pod, podStatus, updateType, killPodOptions } = options;
  world.synced.push(updateType);
  if (killPodOptions !== undefined) {
    world.status = killPodOptions.podStatusFunc(pod, podStatus);
  }
  await world.sim.sleep(world.takes(updateType));
}
