/**
 * The world of one run: its clock, its chance, its tasks.
 *
 * Go's goroutines and Java's threads become tasks started with `go`. Only one
 * acts at a time and gives way at an `await` alone, so a mutex that upstream
 * needs around a few plain lines is not needed here. Everything that waits
 * does so through `suspend`, which is why a run that cannot go on can say who
 * waits for what, and why a whole process can be killed between two lines.
 *
 * @differs goroutines and threads run truly at once; tasks take turns
 */
import type { Chance } from './chance.ts';
import { VirtualClock, mortalClock } from './clock.ts';
import type { Clock, Instant, Milliseconds } from './clock.ts';
import type { EventId, EventKind, Observer, Place } from './event.ts';
import { settle } from './settle.ts';
import { newWorld, report } from './world.ts';
import type { Wait, World } from './world.ts';

export { defaultStart } from './world.ts';

/** How a run begins. */
export interface SimOptions {
  /** 0 to 4294967295; the same seed gives the same run. */
  readonly seed: number;
  /** Where a virtual clock begins; ignored when `clock` is given. */
  readonly start?: Instant;
  /** A clock of one's own, such as a real one; virtual by default. */
  readonly clock?: Clock;
  readonly observer?: Observer;
  /** How many timers may fire before the run counts as endless. */
  readonly maxTurns?: number;
}

/** Something that runs on its own. */
export interface Task {
  readonly name: string;
  /** Settles when the task ended, however it ended. Never rejects. */
  readonly done: Promise<void>;
}

/** A caller that waits, and the way to let it go on. */
export interface Suspension<T> {
  readonly promise: Promise<T>;
  /** Where the caller stands; for events that happen on its behalf. */
  readonly place: Place | undefined;
  /** Lets the caller go on with `value`; the second call does nothing. */
  resume(value: T): void;
  /** Lets the caller go on with an error. */
  fail(error: Error): void;
}

interface Extra {
  readonly case?: string | undefined;
  readonly cause?: EventId | undefined;
  readonly place?: Place | undefined;
}

/** Thrown by `run` when nothing can happen any more, or too much did. */
export class StuckError extends Error {
  override readonly name = 'StuckError';
}

/** The world of a run, or one process in it. */
export class Sim {
  readonly #shared: World;
  readonly #within: Sim | undefined;
  readonly #clock: Clock;
  #killed = false;

  /** @throws {RangeError} when the seed is not an integer of 32 bits */
  constructor(options: SimOptions, within?: Sim) {
    this.#within = within;
    this.#shared = within === undefined ? newWorld(options) : within.#shared;
    const { clock } = this.#shared;
    this.#clock =
      within === undefined ? clock : mortalClock(clock, () => this.killed);
  }

  /** The clock of this process: its timers die with it. */
  get clock(): Clock {
    return this.#clock;
  }

  get chance(): Chance {
    return this.#shared.chance;
  }

  now(): Instant {
    return this.#shared.clock.now();
  }

  /**
   * A part of this world that can be killed on its own, as one operating
   * system process among several. Clock, chance and observer stay shared.
   */
  process(): Sim {
    return new Sim({ seed: 0 }, this);
  }

  /**
   * Ends the process: none of its tasks gets past its next wait, its timers
   * do not fire, and it starts nothing any more.
   */
  kill(): void {
    this.#killed = true;
    const { alive } = this.#shared;
    for (const [name, sim] of alive) if (sim.killed) alive.delete(name);
  }

  get killed(): boolean {
    return this.#killed || (this.#within?.killed ?? false);
  }

  /** The next number of a series, from 1: for names, uids and ports. */
  count(series: string): number {
    const next = (this.#shared.counters.get(series) ?? 0) + 1;
    this.#shared.counters.set(series, next);
    return next;
  }

  /** Reports an event to the observer, if there is one. */
  emit(
    kind: EventKind,
    subject: string,
    fields: Readonly<Record<string, unknown>>,
    extra: Extra = {},
  ): EventId {
    const { observer } = this.#shared;
    if (observer === undefined || this.killed) return -1;
    const { case: variant, cause, place } = extra;
    return observer.emit(
      {
        kind,
        subject,
        fields,
        ...(variant === undefined ? {} : { case: variant }),
        ...(cause === undefined || cause < 0 ? {} : { cause }),
      },
      place,
    );
  }

  /**
   * Starts `body` as a task of its own. It runs at once, up to its first wait.
   *
   * An error that `body` does not catch is given to `died`. Without it, the
   * error ends the whole run, as a panic ends a Go program.
   */
  go(
    name: string,
    body: () => Promise<void>,
    died?: (error: unknown) => void,
  ): Task {
    const { observer, alive } = this.#shared;
    if (this.killed) return { name, done: Promise.resolve() };
    const unique = alive.has(name)
      ? `${name} (${String(this.count(`task ${name}`) + 1)})`
      : name;
    this.emit('task.start', unique, {});
    alive.set(unique, this);
    const life = async (): Promise<void> => {
      try {
        await body();
        this.emit('task.end', unique, {});
      } catch (error) {
        this.#die(unique, error, died);
      } finally {
        if (alive.get(unique) === this) alive.delete(unique);
      }
    };
    const done = observer === undefined ? life() : observer.spawn(unique, life);
    return { name: unique, done };
  }

  /** Makes the caller wait. `what` completes "waits …" in a report. */
  suspend<T>(what: string): Suspension<T> {
    const { observer } = this.#shared;
    const place = observer?.place();
    const wait: Wait = {
      what,
      by: this,
      ...(place === undefined ? {} : { place }),
    };
    const { waits } = this.#shared;
    let settled = false;
    let resolve!: (value: T) => void;
    let reject!: (error: Error) => void;
    const promise = new Promise<T>((onValue, onError) => {
      resolve = onValue;
      reject = onError;
    });
    const once = (act: () => void): void => {
      if (settled || this.killed) return;
      settled = true;
      waits.delete(wait);
      act();
    };
    waits.add(wait);
    if (place !== undefined) {
      // First in line, and so called right before whoever awaits.
      const acts = (): void => observer?.acts?.(place);
      void promise.then(acts, acts);
    }
    return {
      promise,
      place,
      resume: (value) => {
        once(() => {
          resolve(value);
        });
      },
      fail: (error) => {
        once(() => {
          reject(error);
        });
      },
    };
  }

  /** Waits for `delay` of virtual time. */
  sleep(delay: Milliseconds, why = ''): Promise<void> {
    const task = this.suspend<undefined>(`for ${String(delay)} ms`);
    this.emit('clock.sleep', '', { ms: delay, why });
    this.clock.after(delay, () => {
      this.emit('clock.wake', '', { ms: delay }, { place: task.place });
      task.resume(undefined);
    });
    return task.promise;
  }

  /**
   * Runs `main` to its end, moving the clock whenever nobody can act. Tasks
   * that are still waiting then are left behind.
   *
   * @throws {StuckError} when `main` waits for something that cannot happen,
   *   or when more than `maxTurns` timers fired; never on a real clock
   * @throws whatever `main`, or a task nobody answers for, threw
   */
  async run<T>(main: () => Promise<T>, name = 'main'): Promise<T> {
    const end: { result?: { readonly value: T } } = {};
    const { clock } = this.#shared;
    const noticed = new Promise<void>((resolve) => {
      this.#shared.notice = resolve;
    });
    this.go(name, async () => {
      end.result = { value: await main() };
      this.#shared.notice();
    });
    for (let turn = 0; ; turn++) {
      await (clock instanceof VirtualClock ? settle() : noticed);
      if (this.#shared.failure !== undefined) throw this.#shared.failure.error;
      if (end.result !== undefined) return end.result.value;
      if (!(clock instanceof VirtualClock)) continue;
      if (turn >= this.#shared.maxTurns) {
        throw new StuckError(
          `Cannot finish the run: ${String(turn)} timers fired, and it goes on. ${report(this.#shared)}`,
        );
      }
      if (!clock.advance()) {
        throw new StuckError(
          `Cannot go on: every task waits, and nothing is due. ${report(this.#shared)}`,
        );
      }
    }
  }

  /** An error that no task caught; that of a killed process is nobody's. */
  #die(name: string, error: unknown, died?: (error: unknown) => void): void {
    if (this.killed) return;
    this.emit('task.die', name, { error });
    if (died !== undefined) {
      died(error);
      return;
    }
    this.#shared.failure ??= { error };
    this.#shared.notice();
  }
}
