/**
 * The API server and its database, in memory: one for all processes of a run.
 *
 * One counter numbers all writes; an object's `resourceVersion` is the number
 * of its last one. Who wants to use the store asks for a client that belongs
 * to his process.
 */
import type { Milliseconds } from '../sim/clock.ts';
import type { Sim } from '../sim/sim.ts';
import type { Admission } from './admission.ts';
import { Failures } from './failures.ts';
import type { Verb } from './failures.ts';
import { GarbageCollector } from './garbage-collector.ts';
import { apiVersionOf, namespaces } from './kinds.ts';
import { MemoryClient } from './memory-client.ts';
import type { ClientOptions } from './memory-client.ts';
import { deepCopy, deepFreeze, joinKey } from './objects.ts';
import { Registry } from './registry.ts';
import type { Gvr, KObject, Store } from './store.ts';
import { formatTime } from './time.ts';
import { WatchLog } from './watch-log.ts';

/** What may be arranged about a store. */
export interface StoreOptions {
  /** Namespaces that exist from the start. */
  readonly namespaces?: readonly string[];
  /** How many writes a late watcher can still ask for; 10,000 by default. */
  readonly history?: number;
  /** From the end of an owner to the deletion of its dependents; 5. */
  readonly collectAfter?: Milliseconds;
}

const usualNamespaces = [
  'default',
  'istio-system',
  'knative-serving',
  'kube-public',
  'kube-system',
];

/** The world in which controllers meet. */
export class MemoryStore {
  readonly #registry: Registry;
  readonly #failures = new Failures();
  readonly #sim: Sim;

  constructor(sim: Sim, options: StoreOptions = {}) {
    const { history = 10_000, collectAfter = 5 } = options;
    this.#sim = sim;
    this.#registry = new Registry(sim, new WatchLog(sim.clock, history));
    this.#registry.witness = new GarbageCollector(
      sim,
      this.#registry,
      collectAfter,
    );
    for (const name of options.namespaces ?? usualNamespaces) {
      this.#addNamespace(name);
    }
  }

  /** The store as the process `actor` reaches it. */
  client(actor: Sim, options: ClientOptions = {}): Store {
    return {
      resource: <O extends KObject>(gvr: Gvr) =>
        new MemoryClient<O>(
          { actor, gvr },
          this.#registry,
          this.#failures,
          options,
        ),
    };
  }

  /**
   * Puts objects in as though they had always been there: with the uid,
   * version, times and status they have, if they have them. Nobody is told;
   * call it before anybody watches.
   */
  load(gvr: Gvr, objects: readonly KObject[]): void {
    const { table } = this.#registry;
    for (const object of objects) {
      const draft = deepCopy(object);
      const { metadata } = draft;
      if (gvr.namespaced) this.#addNamespace(metadata.namespace ?? '');
      metadata.uid ??= this.#registry.newUid(gvr);
      metadata.creationTimestamp ??= formatTime(this.#sim.now());
      if (gvr.generations) metadata.generation ??= 1;
      metadata.resourceVersion ??= String(table.version + 1);
      const version = Number(metadata.resourceVersion);
      table.version = Math.max(table.version + 1, version || 0);
      table.put(gvr, deepFreeze(draft));
    }
  }

  /** What is stored now, without asking; for scenarios and tests. */
  peek<O extends KObject>(
    gvr: Gvr,
    namespace: string,
    name: string,
  ): O | undefined {
    const object = this.#registry.table.get(gvr, joinKey(namespace, name));
    return object as O | undefined;
  }

  /** All stored objects of a resource, by key. */
  peekAll<O extends KObject>(gvr: Gvr): O[] {
    return this.#registry.table.list(gvr) as O[];
  }

  /** Lets every request to a resource pass this hook, after those before. */
  admit(admission: Admission): void {
    this.#registry.admissions.push(admission);
  }

  /**
   * Makes requests fail; `update` includes writes of the status.
   *
   * @param times how many; all by default
   */
  fail(
    verb: Verb,
    resource: string,
    error = new Error(`inducing failure for ${verb} ${resource}`),
    times = Infinity,
  ): void {
    this.#failures.add(verb, resource, error, times);
  }

  /** Ends the watches of one resource, or all, as a server may at any time. */
  dropWatches(gvr?: Gvr): void {
    this.#registry.log.drop(gvr);
  }

  /** Forgets the events so far: who comes back for them has to list again. */
  compact(): void {
    this.#registry.log.compact(this.#registry.table.version);
  }

  #addNamespace(name: string): void {
    const { table } = this.#registry;
    if (name === '' || table.get(namespaces, name) !== undefined) return;
    table.version += 1;
    const namespace = {
      apiVersion: apiVersionOf(namespaces),
      kind: namespaces.kind,
      metadata: {
        name,
        uid: this.#registry.newUid(namespaces),
        resourceVersion: String(table.version),
        creationTimestamp: formatTime(this.#sim.now()),
      },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    };
    table.put(namespaces, deepFreeze(namespace));
  }
}
