/**
 * One watch: entries of the log, delayed and turned into events.
 */
import type { Milliseconds } from '../sim/clock.ts';
import type { EventId } from '../sim/event.ts';
import type { Sim, Suspension } from '../sim/sim.ts';
import { joinKey } from './objects.ts';
import { kindInTrace } from './kinds.ts';
import { matcher } from './selectors.ts';
import type { Matches } from './selectors.ts';
import type { Gvr, KObject, WatchEvent, WatchOptions } from './store.ts';
import type { Entry, Follower, WatchLog } from './watch-log.ts';

type ObjectEvent<O> = Extract<WatchEvent<O>, { object: O }>;

/** How long an event takes from the write to this client. */
export type DeliverAfter =
  Milliseconds | ((gvr: Gvr, event: ObjectEvent<KObject>) => Milliseconds);

/** Who watches what, and how far from the server. */
interface Reader {
  readonly sim: Sim;
  readonly gvr: Gvr;
  readonly deliverAfter: DeliverAfter;
}

interface Delivery<O> {
  readonly event: ObjectEvent<O>;
  readonly cause: EventId;
}

type Answer<O> = IteratorResult<WatchEvent<O>, undefined>;

/** The name of an object in the trace: `Route default/a`. */
export function subjectOf(gvr: Gvr, namespace: string, name: string): string {
  return `${kindInTrace(gvr)} ${joinKey(namespace, name)}`;
}

/** The events of one resource, one after the other, for one reader. */
export class Watch<O extends KObject>
  implements Follower, AsyncIterableIterator<WatchEvent<O>, undefined>
{
  readonly gvr: Gvr;
  readonly #sim: Sim;
  readonly #log: WatchLog;
  readonly #options: WatchOptions;
  readonly #deliverAfter: DeliverAfter;
  readonly #arrived: Delivery<O>[] = [];
  #waiting: Suspension<Answer<O>> | undefined;
  #matches: Matches = () => false;
  #lastDue = 0;
  #travelling = 0;
  #ended = false;
  /** No event comes after those that are travelling. */
  #ending = false;
  readonly #onAbort = (): void => this.#finish();
  #refusal: (() => Promise<never>) | undefined;

  constructor(reader: Reader, log: WatchLog, options: WatchOptions) {
    this.#sim = reader.sim;
    this.#log = log;
    this.gvr = reader.gvr;
    this.#options = options;
    this.#deliverAfter = reader.deliverAfter;
  }

  /**
   * Begins to take what the log has after the version asked for.
   *
   * @throws {ApiError} BadRequest for a selector, Expired or Timeout for the
   *   version
   */
  begin(current: number): void {
    const { resourceVersion, signal } = this.#options;
    this.#matches = matcher(this.#options);
    if (signal.aborted) {
      this.#finish();
      return;
    }
    this.#log.follow(this, Number(resourceVersion), current);
    signal.addEventListener('abort', this.#onAbort);
  }

  take(entry: Entry): void {
    if (this.#sim.killed) this.#finish();
    if (this.#ended) return;
    const event = this.#eventOf(entry);
    if (event === undefined) return;
    const delay =
      typeof this.#deliverAfter === 'number'
        ? this.#deliverAfter
        : this.#deliverAfter(this.gvr, event);
    // One connection: nothing overtakes what was sent before it.
    const due = Math.max(this.#lastDue, entry.at + delay, this.#sim.now());
    this.#lastDue = due;
    this.#travelling += 1;
    this.#sim.clock.after(due - this.#sim.now(), () => {
      this.#travelling -= 1;
      this.#arrive({ event, cause: entry.cause });
    });
  }

  end(): void {
    this.#ending = true;
    if (this.#travelling === 0 && this.#arrived.length === 0) this.#finish();
  }

  /** Why there is nothing to watch; told to whoever asks for an event. */
  refuse(refusal: () => Promise<never>): void {
    this.#refusal = refusal;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<Answer<O>> {
    if (this.#refusal !== undefined) return this.#refusal();
    const delivery = this.#arrived.shift();
    if (delivery !== undefined) {
      return Promise.resolve(this.#deliver(delivery, undefined));
    }
    if (this.#ending && this.#travelling === 0) this.#finish();
    if (this.#ended) return Promise.resolve({ done: true, value: undefined });
    this.#waiting = this.#sim.suspend(`for an event of ${this.gvr.resource}`);
    return this.#waiting.promise;
  }

  return(): Promise<Answer<O>> {
    this.#finish();
    return Promise.resolve({ done: true, value: undefined });
  }

  #arrive(delivery: Delivery<O>): void {
    if (this.#ended || this.#sim.killed) return;
    const waiting = this.#waiting;
    if (waiting === undefined) {
      this.#arrived.push(delivery);
      return;
    }
    this.#waiting = undefined;
    waiting.resume(this.#deliver(delivery, waiting));
  }

  #deliver(
    { event, cause }: Delivery<O>,
    waiting: Suspension<Answer<O>> | undefined,
  ): Answer<O> {
    const { object, type } = event;
    const { namespace = '', name } = object.metadata;
    this.#sim.emit(
      'watch.deliver',
      subjectOf(this.gvr, namespace, name),
      { verb: type, object },
      { cause, place: waiting?.place },
    );
    return { done: false, value: event };
  }

  /** What the entry means to somebody who sees only what matches. */
  #eventOf(entry: Entry): ObjectEvent<O> | undefined {
    const { before, after } = entry;
    const object = entry.object as O;
    const was = before !== undefined && this.#matches(before);
    const is = after !== undefined && this.#matches(after);
    if (is) return { type: was ? 'MODIFIED' : 'ADDED', object };
    return was ? { type: 'DELETED', object } : undefined;
  }

  #finish(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#log.leave(this);
    this.#options.signal.removeEventListener('abort', this.#onAbort);
    this.#arrived.length = 0;
    this.#waiting?.resume({ done: true, value: undefined });
    this.#waiting = undefined;
  }
}
