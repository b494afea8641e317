/**
 * The tracker: who must be looked at again when some other object changes.
 *
 * Owner references lead from a child to its owner. Where there is no owner,
 * as between a Route and a Configuration it merely names, a reconciler tracks
 * the object it has read; a change of that object then queues the key of
 * whoever tracked it, for as long as the lease runs.
 */
import type { KObject } from '../../apiserver/store.ts';
import type { Clock, Instant, Milliseconds } from '../../sim/clock.ts';
import type { ObjectReference } from '../apis/core/v1/types.ts';

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const patterns: Readonly<Record<string, RegExp>> = {
  APIVersion: /^([-a-z0-9.]+\/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/,
  Kind: /^[A-Za-z_][A-Za-z0-9_]*$/,
  Name: new RegExp(`^${label}(\\.${label})*$`),
  Namespace: new RegExp(`^${label}$`),
};

/**
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/tracker/enqueue.go New
 */
export function newTracker(
  callback: (key: string) => void,
  lease: Milliseconds,
  clock: Clock,
): Impl {
  return new Impl(callback, lease, clock);
}

/**
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/tracker/enqueue.go impl
 * @differs upstream guards the map with a mutex; tasks take turns here
 */
export class Impl {
  readonly #callback: (key: string) => void;
  readonly #lease: Milliseconds;
  readonly #clock: Clock;
  /** Tracked object → key of each watcher → when its lease ends. */
  readonly #mapping = new Map<string, Map<string, Instant>>();

  constructor(
    callback: (key: string) => void,
    lease: Milliseconds,
    clock: Clock,
  ) {
    this.#callback = callback;
    this.#lease = lease;
    this.#clock = clock;
  }

  /**
   * Queues `key` whenever the object named by `ref` changes. The first time
   * it queues the key at once: the object may have changed after it was read
   * and before it was tracked.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/github.com/knative/pkg/tracker/enqueue.go impl.Track
   * @story on queue.add: From now on {ref.name} is tracked; it may have changed a
   *   moment ago, so key {key} is to be looked at once more.
   * @differs the problems of a field are worded more shortly
   * @throws {Error} when `ref` names nothing, listing what is wrong with it
   */
  track(ref: ObjectReference, key: string): void {
    const problems = problemsOf(ref);
    if (problems.length > 0) {
      throw new Error(`Invalid ObjectReference:\n${problems.join('\n')}`);
    }
    const tracked = referenceKey(ref);
    const watchers = this.#mapping.get(tracked) ?? new Map<string, Instant>();
    this.#mapping.set(tracked, watchers);

    const expiry = watchers.get(key);
    const isNew = expiry === undefined || this.#isExpired(expiry);
    watchers.set(key, this.#clock.now() + this.#lease);
    if (isNew) this.#callback(key);
  }

  /**
   * Queues the keys of all who track `object`, and forgets those whose lease
   * has ended.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/github.com/knative/pkg/tracker/enqueue.go impl.OnChanged
   * @story on queue.add.dirty: {name} is tracked by a key that is being
   *   processed, so that is only marked dirty.
   * @story on queue.add.known: {name} is tracked by a key that is waiting
   *   already, so its news adds nothing.
   * @story on queue.add: {name} is tracked, so a change to it queues the
   *   key {key}.
   */
  onChanged(object: KObject): void {
    const { apiVersion, kind, metadata } = object;
    const { name, namespace = '' } = metadata;
    const tracked = referenceKey({ apiVersion, kind, namespace, name });
    const watchers = this.#mapping.get(tracked);
    if (watchers === undefined) return;
    for (const [key, expiry] of [...watchers]) {
      if (this.#isExpired(expiry)) watchers.delete(key);
      else this.#callback(key);
    }
    if (watchers.size === 0) this.#mapping.delete(tracked);
  }

  /**
   * @upstream knative/serving v0.4.1
   *   vendor/github.com/knative/pkg/tracker/enqueue.go isExpired
   */
  #isExpired(expiry: Instant): boolean {
    return this.#clock.now() > expiry;
  }
}

function referenceKey(ref: ObjectReference): string {
  const { apiVersion = '', kind = '', namespace = '', name = '' } = ref;
  return `${apiVersion} ${kind} ${namespace}/${name}`;
}

function problemsOf(ref: ObjectReference): string[] {
  const fields: Readonly<Record<string, string>> = {
    APIVersion: ref.apiVersion ?? '',
    Kind: ref.kind ?? '',
    Name: ref.name ?? '',
    Namespace: ref.namespace ?? '',
  };
  return Object.entries(patterns)
    .filter(([field, pattern]) => !pattern.test(fields[field] ?? ''))
    .map(
      ([field]) => `${field}: ${JSON.stringify(fields[field])} is not valid`,
    );
}
