/**
 * Records a run whose modules are loaded. Needs nothing of Node.
 */
import { VirtualClock } from '../../runnable/sim/clock.ts';
import type { Ports } from '../../runnable/ports.ts';
import { Sim } from '../../runnable/sim/sim.ts';
import { defaultStart } from '../../runnable/sim/world.ts';
import type {
  Lane,
  Machine,
  Scenario,
} from '../../runnable/scenarios/scenario.ts';
import { formatName, formatVersion } from '../trace/format.ts';
import type { Trace } from '../trace/format.ts';
import type { Probes } from '../trace/probes.ts';
import { Recorder } from '../trace/recorder/recorder.ts';
import type { RecordedFile } from '../trace/recorder/sources.ts';
import type { Budget } from '../trace/recorder/writer.ts';

export interface RecordedRun {
  /** Such as `knative/02-service`. */
  readonly chapter: string;
  readonly name: string;
  /** The scenario's own by default. */
  readonly seed?: number;
  readonly input?: unknown;
}

/** How a run ended: with a result, or with an error. */
export interface Outcome {
  readonly result: unknown;
  readonly error?: string;
}

/** A clock that tells the recorder, and stops when the recording did. */
class RecordedClock extends VirtualClock {
  #recorder: Recorder | undefined;

  tell(recorder: Recorder): void {
    this.#recorder = recorder;
  }

  override advance(): boolean {
    const failure = this.#recorder?.failure;
    if (failure !== undefined) throw failure;
    this.#recorder?.rests();
    return super.advance();
  }
}

/** One recording: first its modules are loaded, then it runs. */
export class RecordingSession {
  readonly #clock = new RecordedClock(defaultStart);
  readonly #recorder: Recorder;

  /** @param files what was instrumented, by path */
  constructor(files: ReadonlyMap<string, RecordedFile>, budget: Budget = {}) {
    const now = (): number => this.#clock.now();
    this.#recorder = new Recorder({ ...budget, now, files });
    this.#clock.tell(this.#recorder);
  }

  /** Lets modules that are loaded meanwhile find their recorder. */
  async load<T>(body: () => Promise<T>): Promise<T> {
    const world = globalThis as { __t?: Probes };
    world.__t = this.#recorder.probes;
    try {
      return await body();
    } finally {
      delete world.__t;
    }
  }

  /** Runs a scenario that was loaded for this session. */
  async run(
    scenario: Scenario,
    ports: Ports,
    { chapter, name, seed = scenario.seed, input }: RecordedRun,
  ): Promise<Trace> {
    const recorder = this.#recorder;
    const clock = this.#clock;
    const sim = new Sim({ seed, clock, observer: recorder.observer });
    let machines: readonly Machine[] = [];
    recorder.begin((path) => isFolded(path, scenario.folded));
    const outcome = await outcomeOf(() => {
      const run = scenario.begin(sim, ports, input);
      machines = run.view?.machines ?? [];
      if (run.view !== undefined) recorder.watch(run.view);
      return sim.run(() => run.main());
    });
    const { failure } = recorder;
    return {
      format: formatName,
      version: formatVersion,
      chapter,
      scenario: name,
      title: scenario.title,
      seed,
      start: defaultStart,
      notes: scenario.notes,
      lanes: scenario.cast.map(laneOf),
      keep: scenario.keep ?? [],
      fold: scenario.fold ?? [],
      machines: machines.map((machine) => ({
        name: machine.name,
        states: machine.states,
        initial: machine.initial,
      })),
      ...recorder.end(),
      ...outcome,
      ...(failure === undefined ? {} : { error: String(failure) }),
    };
  }
}

/** Waits for a run and says how it ended; the result as plain data. */
export async function outcomeOf(
  body: () => Promise<unknown>,
): Promise<Outcome> {
  try {
    const result = await body();
    if (result === undefined) return { result: null };
    return { result: JSON.parse(JSON.stringify(result)) as unknown };
  } catch (error) {
    return { result: null, error: String(error) };
  }
}

/** Whether a file is, or is in, one of the paths below `runnable/`. */
function isFolded(path: string, folded: readonly string[]): boolean {
  return folded
    .flatMap((one) => [one, `runnable/${one}`])
    .some((one) => path === one || path.startsWith(one.replace(/\/?$/, '/')));
}

const laneOf = (lane: Lane): Trace['lanes'][number] => ({ ...lane });
