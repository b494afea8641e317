/**
 * What happened to the objects of one store, in order, for those who watch.
 *
 * A watch begins at a version and gets everything after it; how late is up to
 * the client's `deliverAfter`. The log forgets its oldest entries when it
 * grows too long, and whoever asks for those has to list again.
 */
import type { Clock, Milliseconds } from '../sim/clock.ts';
import type { EventId } from '../sim/event.ts';
import { newExpired, newTooLargeVersion } from './api-error.ts';
import type { Gvr, KObject } from './store.ts';

/** One write: what was there before and what is there now. */
export interface Entry {
  readonly version: number;
  readonly gvr: Gvr;
  /** Absent when the object was created. */
  readonly before: KObject | undefined;
  /** Absent when it was removed. */
  readonly after: KObject | undefined;
  /** The object as the event shows it: the last one, if it was removed. */
  readonly object: KObject;
  /** The write in the trace. */
  readonly cause: EventId;
  readonly at: Milliseconds;
}

/** Somebody who follows the log. */
export interface Follower {
  readonly gvr: Gvr;
  /** Takes an entry; called at the moment of the write. */
  take(entry: Entry): void;
  /** The connection was lost. */
  end(): void;
}

/** The past, as far back as `limit` entries. */
export class WatchLog {
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #entries: Entry[] = [];
  readonly #followers = new Set<Follower>();
  /** Entries up to this version are forgotten. */
  #forgotten = 0;

  constructor(clock: Clock, limit: number) {
    this.#clock = clock;
    this.#limit = limit;
  }

  append(entry: Omit<Entry, 'at'>): void {
    const stamped = { ...entry, at: this.#clock.now() };
    this.#entries.push(stamped);
    if (this.#entries.length > this.#limit) {
      this.#forgotten = this.#entries.shift()?.version ?? 0;
    }
    for (const follower of [...this.#followers]) {
      if (sameResource(follower.gvr, entry.gvr)) follower.take(stamped);
    }
  }

  /**
   * Hands over what came after `version`, and then everything new.
   *
   * @throws {ApiError} Expired when some of that is forgotten, Timeout when
   *   `version` lies in the future
   */
  follow(follower: Follower, version: number, current: number): void {
    if (version < this.#forgotten) {
      throw newExpired(version, this.#forgotten);
    }
    if (version > current) throw newTooLargeVersion(version, current);
    for (const entry of this.#entries) {
      if (entry.version > version && sameResource(follower.gvr, entry.gvr)) {
        follower.take(entry);
      }
    }
    this.#followers.add(follower);
  }

  leave(follower: Follower): void {
    this.#followers.delete(follower);
  }

  /** Ends the watches of one resource, or all, as a server may at any time. */
  drop(gvr?: Gvr): void {
    for (const follower of [...this.#followers]) {
      if (gvr !== undefined && !sameResource(follower.gvr, gvr)) continue;
      this.#followers.delete(follower);
      follower.end();
    }
  }

  /** Forgets all that happened up to `version`. */
  compact(version: number): void {
    this.#forgotten = version;
    while ((this.#entries[0]?.version ?? Infinity) <= version) {
      this.#entries.shift();
    }
  }
}

/** Whether two descriptions mean one resource. */
export function sameResource(a: Gvr, b: Gvr): boolean {
  return a.group === b.group && a.resource === b.resource;
}
