/**
 * Writes down one run: what the code does, and what the primitives report.
 *
 * Instrumented code calls `probes`, the simulator `observer`; both write to
 * one list of rows. Recording runs no code of the run's own, except the
 * scenario's view, which only reads.
 */
import type { Observer } from '../../../runnable/sim/event.ts';
import type { View } from '../../../runnable/scenarios/scenario.ts';
import type { Trace } from '../format.ts';
import type { Probes } from '../probes.ts';
import { CodeProbes } from './code.ts';
import { SimObserver } from './simulator.ts';
import { Sources } from './sources.ts';
import type { RecordedFile } from './sources.ts';
import { trimSites } from './trim.ts';
import { ViewWatch } from './view-watch.ts';
import { Writer } from './writer.ts';
import type { Budget, Tables } from './writer.ts';

export interface RecorderOptions extends Budget {
  /** The present moment, in milliseconds. */
  readonly now: () => number;
  /** By path, as given to `instrument`. */
  readonly files: ReadonlyMap<string, RecordedFile>;
}

/** The part of a trace that a recorder knows. */
export type Recording = Tables & Pick<Trace, 'files' | 'sites' | 'tasks'>;

/** The recorder of one run. */
export class Recorder {
  /** To be in `globalThis.__t` while instrumented modules are loaded. */
  readonly probes: Probes;
  /** To be handed to the simulator. */
  readonly observer: Observer;
  readonly #writer: Writer;
  readonly #sources: Sources;
  readonly #view: ViewWatch;
  readonly #tasks: readonly string[];

  constructor(options: RecorderOptions) {
    this.#writer = new Writer(options.now, options);
    this.#sources = new Sources(options.files);
    this.#view = new ViewWatch(this.#writer);
    const parts = [this.#writer, this.#sources, this.#view] as const;
    this.probes = new CodeProbes(...parts);
    const observer = new SimObserver(...parts);
    this.observer = observer;
    this.#tasks = observer.tasks;
  }

  /** Why recording stopped before its end. */
  get failure(): Error | undefined {
    return this.#writer.failure;
  }

  /**
   * Begins to write rows; what ran before, such as the modules, is left out.
   *
   * @param isFolded whether a file is left out of the steps: its calls are
   *   still written, its lines and variables are not
   */
  begin(isFolded: (path: string) => boolean): void {
    this.#sources.fold(isFolded);
    this.#writer.begin();
  }

  /** Follows what the scenario wants to be seen. */
  watch(view: View): void {
    this.#sources.follow(view.machines ?? []);
    this.#view.start(view);
  }

  /** Nobody acts any more: the clock is about to move. */
  rests(): void {
    this.#writer.acting = undefined;
  }

  /** What was written; nothing is added after this. */
  end(): Recording {
    if (this.#writer.touched >= 0) this.#view.read();
    this.#writer.isOn = false;
    const { files, sites } = this.#sources;
    const tables = this.#writer.tables();
    const trimmed = trimSites(sites, tables.events);
    return { files, tasks: this.#tasks, ...tables, ...trimmed };
  }
}
