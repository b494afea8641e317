/**
 * How one process reaches the store: requests are carried out at the call and
 * answered a little later, events arrive when the network brings them.
 *
 * The calls return promises that the caller's process owns: once it is killed
 * none of them settles, though what it had asked for was done.
 */
import type { Milliseconds } from '../sim/clock.ts';
import type { EventKind } from '../sim/event.ts';
import type { Sim } from '../sim/sim.ts';
import { answer } from './answer.ts';
import type { Outcome } from './answer.ts';
import { isConflict, newTooLargeVersion } from './api-error.ts';
import { deleteObject } from './deletion.ts';
import type { Failures, Verb } from './failures.ts';
import { kindInTrace } from './kinds.ts';
import { isRecord, joinKey } from './objects.ts';
import type { Registry, Request } from './registry.ts';
import type { Part } from './rules.ts';
import { matcher } from './selectors.ts';
import type {
  DeleteOptions,
  Gvr,
  KObject,
  ListOptions,
  ObjectList,
  Patch,
  ResourceClient,
  WatchEvent,
  WatchOptions,
} from './store.ts';
import { subjectOf, Watch } from './watch.ts';
import type { DeliverAfter } from './watch.ts';

/** How far a process is from the server. */
export interface ClientOptions {
  /** From a request to its answer; 2 by default. */
  readonly answerAfter?:
    Milliseconds | ((verb: Verb, gvr: Gvr) => Milliseconds);
  /** From a write to the watch event it causes; 1 by default. */
  readonly deliverAfter?: DeliverAfter;
}

/** What a request is about, for the trace of one that is refused. */
interface Asked {
  readonly verb: Verb;
  readonly kind: EventKind;
  readonly namespace: string;
  readonly name: string;
  readonly object?: KObject;
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** One resource, as one process reaches it. */
export class MemoryClient<O extends KObject> implements ResourceClient<O> {
  readonly #sim: Sim;
  readonly #gvr: Gvr;
  readonly #registry: Registry;
  readonly #failures: Failures;
  readonly #options: ClientOptions;

  constructor(
    { actor, gvr }: Request,
    registry: Registry,
    failures: Failures,
    options: ClientOptions,
  ) {
    this.#sim = actor;
    this.#gvr = gvr;
    this.#registry = registry;
    this.#failures = failures;
    this.#options = options;
  }

  get(namespace: string, name: string): Promise<O> {
    const kind = 'store.get';
    return this.#ask({ verb: 'get', kind, namespace, name }, () => {
      const object = this.#registry.get(this.#gvr, namespace, name);
      this.#sim.emit(kind, subjectOf(this.#gvr, namespace, name), { object });
      return object as O;
    });
  }

  list(options: ListOptions = {}): Promise<ObjectList<O>> {
    const kind = 'store.list';
    const { namespace = '' } = options;
    return this.#ask({ verb: 'list', kind, namespace, name: '' }, () => {
      const { version } = this.#registry.table;
      const atLeast = Number(options.resourceVersion ?? 0);
      if (atLeast > version) throw newTooLargeVersion(atLeast, version);
      const items = this.#matching(options);
      const resourceVersion = String(version);
      this.#sim.emit(kind, kindInTrace(this.#gvr), {
        ...options,
        count: items.length,
        resourceVersion,
      });
      return { items, resourceVersion };
    });
  }

  watch(options: WatchOptions): AsyncIterable<WatchEvent<O>> {
    const { deliverAfter = 1 } = this.#options;
    const { log, table } = this.#registry;
    const reader = { sim: this.#sim, gvr: this.#gvr, deliverAfter };
    const watch = new Watch<O>(reader, log, options);
    const outcome = this.#carryOut('watch', () => {
      watch.begin(table.version);
    });
    if ('error' in outcome) {
      watch.refuse(() => this.#answer('watch', outcome));
    }
    return watch;
  }

  create(object: O): Promise<O> {
    const kind = 'store.create';
    const { namespace = '', name, generateName = '' } = object.metadata;
    return this.#ask(
      {
        verb: 'create',
        kind,
        namespace,
        name: name === '' ? generateName : name,
        object,
      },
      () => this.#registry.create(this.#request, object) as O,
    );
  }

  update(object: O): Promise<O> {
    return this.#update(object, 'main');
  }

  updateStatus(object: O): Promise<O> {
    return this.#update(object, 'status');
  }

  patch(
    namespace: string,
    name: string,
    patch: Patch,
    subresource?: 'status',
  ): Promise<O> {
    const kind = 'store.patch';
    const fields = { patch: patch.body };
    return this.#ask({ verb: 'patch', kind, namespace, name, fields }, () => {
      const current = this.#registry.get(this.#gvr, namespace, name);
      const part = subresource ?? 'main';
      return this.#registry.patch(this.#request, current, patch, part) as O;
    });
  }

  delete(
    namespace: string,
    name: string,
    options: DeleteOptions = {},
  ): Promise<void> {
    const kind = 'store.delete';
    return this.#ask({ verb: 'delete', kind, namespace, name }, () => {
      const current = this.#registry.get(this.#gvr, namespace, name);
      deleteObject(this.#registry, this.#request, current, options);
    });
  }

  deleteCollection(options: ListOptions): Promise<void> {
    const kind = 'store.delete';
    const { namespace = '' } = options;
    const verb = 'delete-collection';
    return this.#ask({ verb, kind, namespace, name: '' }, () => {
      for (const object of this.#matching(options)) {
        deleteObject(this.#registry, this.#request, object, {});
      }
    });
  }

  get #request(): Request {
    return { actor: this.#sim, gvr: this.#gvr };
  }

  #matching(options: ListOptions): O[] {
    const matches = matcher(options);
    return this.#registry.table.list(this.#gvr).filter(matches) as O[];
  }

  #update(object: O, part: Part): Promise<O> {
    const kind = part === 'main' ? 'store.update' : 'store.updateStatus';
    const { namespace = '', name } = object.metadata;
    return this.#ask(
      { verb: 'update', kind, namespace, name, object },
      () => this.#registry.update(this.#request, object, part) as O,
    );
  }

  /** Carries a request out now and promises its answer. */
  #ask<T>(asked: Asked, work: () => T): Promise<T> {
    if (this.#sim.killed) return this.#sim.suspend<T>('for ever').promise;
    const outcome = this.#carryOut(asked.verb, work);
    if ('error' in outcome) this.#showRefusal(asked, outcome.error);
    return this.#answer(asked.verb, outcome);
  }

  #carryOut<T>(verb: Verb, work: () => T): Outcome<T> {
    try {
      const failure = this.#failures.take(verb, this.#gvr.resource);
      if (failure !== undefined) throw failure;
      return { value: work() };
    } catch (error) {
      return {
        error: error instanceof Error ? error : new Error(String(error)),
      };
    }
  }

  #answer<T>(verb: Verb, outcome: Outcome<T>): Promise<T> {
    const { answerAfter = 2 } = this.#options;
    const delay =
      typeof answerAfter === 'number'
        ? answerAfter
        : answerAfter(verb, this.#gvr);
    const request = `${verb} ${this.#gvr.resource}`;
    return answer(this.#sim, delay, request, outcome);
  }

  #showRefusal(asked: Asked, error: Error): void {
    const { verb, kind, namespace, name, object, fields } = asked;
    const current = this.#registry.table.get(
      this.#gvr,
      joinKey(namespace, name),
    );
    const had =
      object?.metadata.resourceVersion ?? versionIn(fields?.['patch']);
    const now = current?.metadata.resourceVersion;
    const about = {
      verb,
      error,
      ...(object && { attempted: object }),
      ...fields,
    };
    const subject = subjectOf(this.#gvr, namespace, name);
    if (isConflict(error) && verb !== 'delete' && had !== now) {
      this.#sim.emit('store.conflict', subject, { ...about, had, now });
    } else {
      this.#sim.emit(kind, subject, about, { case: 'refused' });
    }
  }
}

/** The version that a patch was made from, if it says so. */
function versionIn(patch: unknown): unknown {
  const metadata = isRecord(patch) ? patch['metadata'] : undefined;
  return isRecord(metadata) ? metadata['resourceVersion'] : undefined;
}
