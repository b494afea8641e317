/**
 * A list of running pods that may be two seconds old, so that several askers
 * cost one listing.
 */
import type { Instant, Milliseconds } from '../../sim/clock.ts';
import type { Sim } from '../../sim/sim.ts';
import type { Pod } from './runtime.ts';

/** How old the list may be. */
const defaultCachePeriod: Milliseconds = 2000;

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/container/runtime_cache.go runtimeCache
 */
export class RuntimeCache {
  readonly #sim: Sim;
  readonly #getter: { getPods(all: boolean): Promise<Pod[]> };
  #cacheTime: Instant | undefined;
  #pods: Pod[] = [];

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/container/runtime_cache.go NewRuntimeCache
   */
  constructor(sim: Sim, getter: { getPods(all: boolean): Promise<Pod[]> }) {
    this.#sim = sim;
    this.#getter = getter;
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/container/runtime_cache.go runtimeCache.GetPods
   */
  async getPods(): Promise<Pod[]> {
    const now = this.#sim.now();
    const stale =
      this.#cacheTime === undefined ||
      now - this.#cacheTime > defaultCachePeriod;
    if (stale) {
      this.#pods = await this.#getter.getPods(false);
      this.#cacheTime = now;
    }
    return this.#pods;
  }
}
