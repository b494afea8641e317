/**
 * Records a scenario with somebody who looks on: at each call of the code and
 * each event, before the recorder's own answer is used.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { VirtualClock } from '../../../runnable/sim/clock.ts';
import type { Timer } from '../../../runnable/sim/clock.ts';
import type { Observer } from '../../../runnable/sim/event.ts';
import { Sim } from '../../../runnable/sim/sim.ts';
import type { Scenario } from '../../../runnable/scenarios/scenario.ts';
import {
  importFresh,
  recordedFiles,
} from '../../../src/chapter/instrument-hook.ts';
import { ports } from '../../../src/ports/ports.ts';
import type { Frame } from '../../../src/trace/recorder/frame.ts';
import type { Probes } from '../../../src/trace/probes.ts';
import { Recorder } from '../../../src/trace/recorder/recorder.ts';
import type { Recording } from '../../../src/trace/recorder/recorder.ts';

export interface Watched {
  readonly recording: Recording;
  /** How often the recorder was compared with `AsyncLocalStorage`. */
  readonly compared: number;
  /** How often it thought another task acts. */
  readonly wrong: number;
}

/** Probes that do nothing but hand on their value. */
const idle: Partial<Probes> = {
  awaits: (_frame, promise) => promise,
  resumes: (_frame, value) => value,
  line: () => undefined,
  exit: () => undefined,
  reaches: () => undefined,
};

/**
 * Records the scenario in `path` while `AsyncLocalStorage`, which the engine
 * keeps right across every wait, says independently which task acts.
 *
 * @param broken probes that shall not do their work
 */
export async function watchTasks(
  path: string,
  broken: readonly (keyof Probes)[] = [],
): Promise<Watched> {
  const acting = new AsyncLocalStorage<string>();
  const clock = new BoundClock(1554422400000);
  const recorder = new Recorder({
    now: () => clock.now(),
    files: recordedFiles,
  });
  clock.rest = () => {
    recorder.rests();
  };
  const { observer, probes } = recorder;
  const tasks: string[] = [];
  const counts = { compared: 0, wrong: 0 };
  const compare = (): void => {
    const frame = observer.place() as Frame | undefined;
    const expected = acting.getStore();
    counts.compared += 1;
    if (tasks[frame?.task ?? -1] !== expected) counts.wrong += 1;
  };
  const world = globalThis as { __t?: unknown };
  world.__t = watched(probes, broken, compare);
  const module = (await importFresh(path, true)) as {
    readonly scenario: Scenario;
  };
  delete world.__t;
  const { scenario } = module;
  const sim = new Sim({
    seed: scenario.seed,
    clock,
    observer: {
      place: () => observer.place(),
      describe: (place) => observer.describe(place),
      acts: (place) => observer.acts?.(place),
      emit: (event, on) => observer.emit(event, on),
      spawn(name, body) {
        tasks.push(name);
        return acting.run(name, () => observer.spawn(name, body));
      },
    } satisfies Observer,
  });
  recorder.begin(() => false);
  const run = scenario.begin(sim, ports);
  await sim.run(() => run.main());
  return { recording: recorder.end(), ...counts };
}

/** Timers run for whoever set them, as the engine's own timers do. */
class BoundClock extends VirtualClock {
  rest: () => void = () => undefined;

  override after(delay: number, fire: () => void): Timer {
    return super.after(delay, AsyncLocalStorage.bind(fire));
  }

  override advance(): boolean {
    this.rest();
    return super.advance();
  }
}

/** Where the code itself acts, and both must agree on who does. */
const points = new Set(['enter', 'line', 'result', 'resumes', 'reaches']);

function watched(
  probes: Probes,
  broken: readonly (keyof Probes)[],
  compare: () => void,
): Record<string, unknown> {
  const names = Object.getOwnPropertyNames(
    Object.getPrototypeOf(probes) as object,
  ) as (keyof Probes)[];
  return Object.fromEntries(
    names.map((name) => {
      const own = (broken.includes(name) ? idle : probes)[name] as (
        ...args: unknown[]
      ) => unknown;
      const call = (...args: unknown[]): unknown => {
        const result = own.apply(probes, args);
        if (points.has(name)) compare();
        return result;
      };
      return [name, call];
    }),
  );
}
