/**
 * Wins memory back when the node runs short: one pod at a time, and it waits
 * for the pod to be dead.
 *
 * @differs the scenario says when memory is short; nothing is measured
 */
import type { EventRecorder } from '../../client-go/tools/record/event.ts';
import type { Milliseconds } from '../../sim/clock.ts';
import type { Sim } from '../../sim/sim.ts';
import { sortBy } from '../../sim/sort-by.ts';
import type { Pod, PodStatus } from '../api/v1.ts';
import { errorf, infof } from '../klog.ts';
import type {
  PodAdmitAttributes,
  PodAdmitHandler,
  PodAdmitResult,
} from '../lifecycle/interfaces.ts';
import { qosClassOf } from '../qos.ts';
import { asError } from '../util/errors.ts';
import { isStaticPod } from '../types/pod-update.ts';
import * as format from '../util/format/pod.ts';
import { until } from '../util/wait.ts';
import { evictedReason } from './helpers.ts';

const evictionMonitoringPeriod: Milliseconds = 10_000;
/** From this priority on a pod is critical to the cluster. */
const systemCriticalPriority = 2_000_000_000;

export interface EvictionConfig {
  readonly recorder: EventRecorder;
  readonly activePods: () => readonly Pod[];
  readonly killPod: (
    pod: Pod,
    status: PodStatus,
    gracePeriodOverride: number,
  ) => Promise<void>;
}

export class EvictionManager implements PodAdmitHandler {
  /** Set by the scenario. */
  memoryPressure = false;
  readonly #sim: Sim;
  readonly #config: EvictionConfig;

  constructor(sim: Sim, config: EvictionConfig) {
    this.#sim = sim;
    this.#config = config;
  }

  /** Looks at the node every ten seconds. */
  start(): void {
    until(this.#sim, 'eviction', evictionMonitoringPeriod, () =>
      this.synchronize(),
    );
  }

  /** Evicts the pod of the lowest priority and class, if memory is short. */
  async synchronize(): Promise<void> {
    if (!this.memoryPressure) return;
    const ranked = sortBy(this.#config.activePods(), (pod) => [
      pod.spec.priority ?? 0,
      ['BestEffort', 'Burstable', 'Guaranteed'].indexOf(qosClassOf(pod)),
    ]);
    for (const pod of ranked) {
      // It would not be admitted a second time, so it is left alone.
      if (isCritical(pod) && isStaticPod(pod)) continue;
      if (await this.#evictPod(pod)) return;
    }
  }

  /** @story `{pod.metadata.name}` is to go, so that the node gets its memory back. */
  async #evictPod(pod: Pod): Promise<boolean> {
    const message = 'The node was low on resource: memory. ';
    const status: PodStatus = {
      phase: 'Failed',
      reason: evictedReason,
      message,
    };
    this.#config.recorder.event(pod, 'Warning', evictedReason, message);
    try {
      await this.#config.killPod(pod, status, 0);
      infof(`eviction manager: pod ${format.pod(pod)} is evicted successfully`);
    } catch (thrown) {
      errorf(
        `eviction manager: pod ${format.pod(pod)} failed to evict ${asError(thrown).message}`,
      );
    }
    return true;
  }

  /** Under memory pressure only pods that asked for memory may come. */
  admit({ pod }: PodAdmitAttributes): PodAdmitResult {
    if (!this.memoryPressure || isCritical(pod)) return { admit: true };
    if (qosClassOf(pod) !== 'BestEffort') return { admit: true };
    return {
      admit: false,
      reason: evictedReason,
      message: 'The node had condition: [MemoryPressure]. ',
    };
  }
}

function isCritical({ spec }: Pod): boolean {
  return (spec.priority ?? 0) >= systemCriticalPriority;
}
