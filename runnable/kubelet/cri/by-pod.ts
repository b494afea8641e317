/**
 * Finds the sandboxes or containers of a pod without a search.
 */
import type { UID } from '../api/v1.ts';

export class ByPod<T> {
  readonly #sets = new Map<UID, Set<T>>();

  add(uid: UID, one: T): void {
    const own = this.#sets.get(uid) ?? new Set<T>();
    this.#sets.set(uid, own.add(one));
  }

  delete(uid: UID, one: T): void {
    const own = this.#sets.get(uid);
    own?.delete(one);
    if (own?.size === 0) this.#sets.delete(uid);
  }

  /** In the order in which they were added. */
  of(uid: UID): T[] {
    return [...(this.#sets.get(uid) ?? [])];
  }
}
