/**
 * The garbage collector: deletes what no longer has an owner.
 *
 * On a real cluster a controller that watches everything; here the store tells
 * it what is gone, and it acts a moment later, as a task of its own.
 *
 * @differs an object whose owner never existed is left alone, where the real
 *   collector looks the owner up and deletes the object
 */
import type { Milliseconds } from '../sim/clock.ts';
import type { Sim, Suspension } from '../sim/sim.ts';
import {
  deleteObject,
  foregroundFinalizer,
  orphanFinalizer,
} from './deletion.ts';
import { deepCopy } from './objects.ts';
import type { Registry, Witness } from './registry.ts';
import type { DeleteOptions, KObject } from './store.ts';
import type { Row } from './table.ts';

type Propagation = NonNullable<DeleteOptions['propagation']>;

/** Acts `delay` after it was told, in the task `garbage-collector`. */
export class GarbageCollector implements Witness {
  readonly #sim: Sim;
  readonly #registry: Registry;
  readonly #delay: Milliseconds;
  /** Uids that were here and are not any more. */
  readonly #gone = new Set<string>();
  readonly #due: (() => void)[] = [];
  #waiting: Suspension<undefined> | undefined;
  #running = false;

  constructor(sim: Sim, registry: Registry, delay: Milliseconds) {
    this.#sim = sim;
    this.#registry = registry;
    this.#delay = delay;
  }

  created(object: KObject): void {
    const { ownerReferences = [] } = object.metadata;
    for (const { uid } of ownerReferences) {
      if (this.#gone.has(uid)) this.#later(() => this.#collect(uid));
    }
  }

  removed(object: KObject): void {
    const { uid = '' } = object.metadata;
    this.#gone.add(uid);
    if (this.#registry.table.dependentsOf(uid).length > 0) {
      this.#later(() => this.#collect(uid));
    }
    this.#lookAtOwners(object);
  }

  marked(object: KObject): void {
    const finalizers = object.metadata.finalizers ?? [];
    const { uid = '' } = object.metadata;
    if (finalizers.includes(orphanFinalizer)) {
      this.#later(() => {
        this.#orphan(uid);
        this.#release(uid, orphanFinalizer);
      });
    }
    if (finalizers.includes(foregroundFinalizer)) {
      this.#later(() => {
        this.#collect(uid, 'Foreground');
        this.#releaseIfAlone(uid);
      });
    }
  }

  /** Deletes the dependents of an object that is gone, or about to go. */
  #collect(uid: string, propagation: Propagation = 'Background'): void {
    for (const row of this.#registry.table.dependentsOf(uid)) {
      const { ownerReferences = [], deletionTimestamp } = row.object.metadata;
      const others = ownerReferences.filter(
        (owner) => owner.uid !== uid && this.#registry.table.row(owner.uid),
      );
      if (others.length > 0) {
        this.#disown(row, uid);
      } else if (deletionTimestamp === undefined) {
        const request = { actor: this.#sim, gvr: row.gvr };
        deleteObject(this.#registry, request, row.object, { propagation });
      }
    }
  }

  #orphan(uid: string): void {
    for (const row of this.#registry.table.dependentsOf(uid)) {
      this.#disown(row, uid);
    }
  }

  /** Takes one owner out of an object's list. */
  #disown({ gvr, object }: Row, uid: string): void {
    const next = deepCopy(object);
    next.metadata.ownerReferences =
      next.metadata.ownerReferences?.filter((owner) => owner.uid !== uid) ?? [];
    this.#registry.update({ actor: this.#sim, gvr }, next, 'main');
  }

  /** Lets owners go that were waiting for this dependent. */
  #lookAtOwners({ metadata }: KObject): void {
    for (const { uid } of metadata.ownerReferences ?? []) {
      const finalizers =
        this.#registry.table.row(uid)?.object.metadata.finalizers ?? [];
      if (finalizers.includes(foregroundFinalizer)) {
        this.#later(() => this.#releaseIfAlone(uid));
      }
    }
  }

  #releaseIfAlone(uid: string): void {
    const blocking = this.#registry.table
      .dependentsOf(uid)
      .flatMap(({ object }) => object.metadata.ownerReferences ?? [])
      .some((owner) => owner.uid === uid && owner.blockOwnerDeletion === true);
    if (!blocking) this.#release(uid, foregroundFinalizer);
  }

  /** Removes a finalizer of ours, if it is still there. */
  #release(uid: string, finalizer: string): void {
    const row = this.#registry.table.row(uid);
    const finalizers = row?.object.metadata.finalizers ?? [];
    if (row === undefined || !finalizers.includes(finalizer)) return;
    const next = deepCopy(row.object);
    next.metadata.finalizers = finalizers.filter((name) => name !== finalizer);
    this.#registry.update({ actor: this.#sim, gvr: row.gvr }, next, 'main');
  }

  #later(act: () => void): void {
    this.#sim.clock.after(this.#delay, () => {
      this.#due.push(act);
      if (!this.#running) {
        this.#running = true;
        this.#sim.go('garbage-collector', () => this.#run());
      }
      this.#waiting?.resume(undefined);
    });
  }

  async #run(): Promise<never> {
    for (;;) {
      const act = this.#due.shift();
      if (act !== undefined) {
        act();
        continue;
      }
      this.#waiting = this.#sim.suspend('for an object without an owner');
      await this.#waiting.promise;
    }
  }
}
