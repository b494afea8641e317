/**
 * What is stored: the present object of every kind and name, and the counter
 * that numbers all writes.
 */
import { qualifiedResource } from './api-error.ts';
import { keyOf } from './objects.ts';
import type { Gvr, KObject } from './store.ts';

/** One stored object and the resource it is stored under. */
export interface Row {
  readonly gvr: Gvr;
  readonly object: KObject;
}

/** The present state, and nothing of the past. */
export class Table {
  /** The number of the last write. */
  version = 0;
  readonly #resources = new Map<string, Map<string, KObject>>();
  readonly #byUid = new Map<string, Row>();
  /** By an owner's uid: its dependents, by their own. */
  readonly #dependents = new Map<string, Map<string, Row>>();

  get(gvr: Gvr, key: string): KObject | undefined {
    return this.#resource(gvr).get(key);
  }

  /** All objects of a resource, by key, as a server's database lists them. */
  list(gvr: Gvr): KObject[] {
    const resource = this.#resource(gvr);
    return [...resource.keys()]
      .sort()
      .map((key) => resource.get(key))
      .filter((object) => object !== undefined);
  }

  put(gvr: Gvr, object: KObject): void {
    const before = this.get(gvr, keyOf(object));
    if (before !== undefined) this.#forget(before);
    this.#resource(gvr).set(keyOf(object), object);
    const { uid = '', ownerReferences = [] } = object.metadata;
    const row = { gvr, object };
    this.#byUid.set(uid, row);
    for (const owner of ownerReferences) {
      const dependents: Map<string, Row> =
        this.#dependents.get(owner.uid) ?? new Map<string, Row>();
      dependents.set(uid, row);
      this.#dependents.set(owner.uid, dependents);
    }
  }

  remove(gvr: Gvr, object: KObject): void {
    this.#resource(gvr).delete(keyOf(object));
    this.#forget(object);
  }

  /** The object with this uid, whatever its kind. */
  row(uid: string): Row | undefined {
    return this.#byUid.get(uid);
  }

  /** Everything that names this uid among its owners. */
  dependentsOf(uid: string): Row[] {
    return [...(this.#dependents.get(uid)?.values() ?? [])];
  }

  #forget(object: KObject): void {
    const { uid = '', ownerReferences = [] } = object.metadata;
    this.#byUid.delete(uid);
    for (const owner of ownerReferences) {
      const dependents = this.#dependents.get(owner.uid);
      dependents?.delete(uid);
      if (dependents?.size === 0) this.#dependents.delete(owner.uid);
    }
  }

  #resource(gvr: Gvr): Map<string, KObject> {
    const name = qualifiedResource(gvr);
    const known = this.#resources.get(name);
    if (known !== undefined) return known;
    const added = new Map<string, KObject>();
    this.#resources.set(name, added);
    return added;
  }
}
