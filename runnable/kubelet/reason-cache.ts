/**
 * Why containers did not start, by pod and name, for the status that is
 * generated later: the runtime does not remember it.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/reason_cache.go ReasonCache
 */
import type { UID } from './api/v1.ts';
import type { PodSyncResult } from './container/sync-result.ts';

const maxReasonCacheEntries = 1000;

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/reason_cache.go reasonItem
 */
export interface ReasonItem {
  /** Such as `CrashLoopBackOff`. */
  readonly err: string;
  readonly message: string;
}

export class ReasonCache {
  /** Least recently used first. */
  readonly #cache = new Map<string, ReasonItem>();

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/reason_cache.go ReasonCache.composeKey
   */
  #composeKey(uid: UID, name: string): string {
    return `${uid}_${name}`;
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/reason_cache.go ReasonCache.add
   */
  #add(uid: UID, name: string, item: ReasonItem): void {
    const key = this.#composeKey(uid, name);
    this.#cache.delete(key);
    this.#cache.set(key, item);
    const [oldest] = this.#cache.keys();
    if (this.#cache.size > maxReasonCacheEntries && oldest !== undefined) {
      this.#cache.delete(oldest);
    }
  }

  /**
   * Keeps the failures to start a container; a success forgets them.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/reason_cache.go ReasonCache.Update
   */
  update(uid: UID, result: PodSyncResult): void {
    for (const { action, target, error, message } of result.syncResults) {
      if (action !== 'StartContainer') continue;
      if (error === undefined) this.remove(uid, target);
      else this.#add(uid, target, { err: error, message });
    }
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/reason_cache.go ReasonCache.Remove
   */
  remove(uid: UID, name: string): void {
    this.#cache.delete(this.#composeKey(uid, name));
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/reason_cache.go ReasonCache.Get
   */
  get(uid: UID, name: string): ReasonItem | undefined {
    const key = this.#composeKey(uid, name);
    const item = this.#cache.get(key);
    if (item === undefined) return undefined;
    this.#cache.delete(key);
    this.#cache.set(key, item);
    return item;
  }
}
