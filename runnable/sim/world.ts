/**
 * What all processes of one run share.
 */
import { Chance } from './chance.ts';
import { VirtualClock } from './clock.ts';
import type { Clock, Instant } from './clock.ts';
import type { Observer, Place } from './event.ts';
import type { SimOptions } from './sim.ts';

/** One process, as far as the report of a stuck run cares. */
interface Mortal {
  readonly killed: boolean;
}

/** Somebody who waits, and what for. */
export interface Wait {
  readonly what: string;
  readonly by: Mortal;
  readonly place?: Place;
}

/** The state behind every `Sim` of a run. */
export interface World {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly observer: Observer | undefined;
  readonly maxTurns: number;
  readonly counters: Map<string, number>;
  /** Each living task, and the process it is part of. */
  readonly alive: Map<string, Mortal>;
  readonly waits: Set<Wait>;
  failure: { readonly error: unknown } | undefined;
  /** Tells `run` to look whether it is over. */
  notice: () => void;
}

/** 2019-04-05T00:00:00Z, the month in which Knative Serving 0.4.1 was new. */
export const defaultStart: Instant = 1554422400000;

/** A world in which nothing has happened yet. */
export function newWorld(options: SimOptions): World {
  const { clock, start = defaultStart, seed, observer } = options;
  return {
    clock: clock ?? new VirtualClock(start),
    chance: new Chance(seed),
    observer,
    maxTurns: options.maxTurns ?? 1_000_000,
    counters: new Map(),
    alive: new Map(),
    waits: new Set(),
    failure: undefined,
    notice: () => undefined,
  };
}

/** Who is alive, and what is waited for, with places where known. */
export function report({ alive, observer, waits }: World): string {
  const lines = [...waits]
    .filter(({ by }) => !by.killed)
    .map(({ what, place }) =>
      place === undefined || observer === undefined
        ? `somebody waits ${what}`
        : `${observer.describe(place)} waits ${what}`,
    );
  return `Alive: ${[...alive.keys()].join(', ')}. ${lines.join('; ')}`;
}
