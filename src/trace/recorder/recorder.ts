/**
 * Writes down one run: what the code does, and what the primitives report.
 *
 * Instrumented code calls it as `Probes`, the simulator as its `Observer`.
 * One frame acts at a time. Entering a function makes its frame the acting
 * one; waiting, yielding and ending give way to whoever resumed it; every
 * line, resumption and `catch` restores it. So the frame is right across
 * `await`, and with it the task. Recording adds no microtask and runs no code
 * of the run's own, except the scenario's view, which only reads.
 */
import type {
  EventId,
  Observer,
  SimEvent,
} from '../../../runnable/sim/event.ts';
import type { View } from '../../../runnable/scenarios/scenario.ts';
import type { Trace } from '../format.ts';
import type { Probes } from '../probes.ts';
import { Frame, undelegated } from './frame.ts';
import { iterateWith } from './iterate.ts';
import { Sources } from './sources.ts';
import type { RecordedFile } from './sources.ts';
import { ViewReader } from './views.ts';
import type { Difference } from './views.ts';
import { narrow, wide, Writer } from './writer.ts';
import type { Budget, Tables } from './writer.ts';

export interface RecorderOptions extends Budget {
  /** The present moment, in milliseconds. */
  readonly now: () => number;
  /** By path, as given to `instrument`. */
  readonly files: ReadonlyMap<string, RecordedFile>;
}

/** The part of a trace that a recorder knows. */
export type Recording = Tables & Pick<Trace, 'files' | 'sites' | 'tasks'>;

/** Kinds of events that documents, diagrams and the wire are drawn from. */
const documents = /^(store|watch|bytes)\./;

/** Deeper recursion than this is a mistake, and would end in a worse error. */
const maxDepth = 2000;

/** The frame of what runs while the view is read. */
const unseen = new Frame(-1, -1, -1);

export class Recorder implements Probes, Observer {
  readonly #writer: Writer;
  readonly #sources: Sources;
  readonly #tasks: string[] = [];
  /** The first frame of each task that is alive, by its name. */
  readonly #roots = new Map<string, Frame>();
  #view: ViewReader | undefined;
  #frames = 0;
  /** Set while the view is read: the code it runs is not part of the run. */
  #muted = false;
  #lastLine = -1;
  #lastLineFrame: Frame | undefined;

  constructor(options: RecorderOptions) {
    this.#writer = new Writer(options.now, this, options);
    this.#sources = new Sources(options.files);
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
    this.#view = new ViewReader(view);
    this.#readView();
  }

  /** What was written; nothing is added after this. */
  end(): Recording {
    if (this.#writer.touched >= 0) this.#readView();
    this.#writer.isOn = false;
    const { files, sites } = this.#sources;
    return { files, sites, tasks: this.#tasks, ...this.#writer.tables() };
  }

  file(path: string): number {
    return this.#sources.add(path);
  }

  module(site: number): Frame {
    const frame = new Frame(-1, site, -1);
    this.#writer.acting = frame;
    return frame;
  }

  enter(site: number, outer: Frame, self: unknown, args: unknown[]): Frame {
    if (this.#muted) return unseen;
    const writer = this.#writer;
    writer.tick();
    if (writer.touched >= 0) this.#readView();
    const caller = writer.acting;
    const parent = caller ?? (outer.done ? undefined : outer);
    const task = (caller ?? outer).task;
    const folded = this.#sources.isFolded(site);
    const frame = new Frame(-1, site, task, parent, folded);
    frame.back = caller;
    if (frame.depth > maxDepth) {
      writer.stop(
        new RangeError(
          `Cannot record the run: more than ${maxDepth} calls inside one another`,
        ),
      );
      writer.tick();
    }
    if (writer.isOn) {
      frame.id = this.#frames++;
      const list = [
        writer.value(self),
        ...args.map((arg) => writer.value(arg)),
      ];
      writer.row('call', frame, site, writer.list(list), parent?.id);
    }
    writer.acting = frame;
    return frame;
  }

  result<T>(frame: Frame, value: T): T {
    if (this.#muted) return value;
    this.#writer.acting = frame;
    frame.value = this.#writer.value(value);
    return value;
  }

  exit(frame: Frame): void {
    if (this.#muted) return;
    if (!frame.done) this.#finish(frame, 'return', frame.value);
    this.#writer.acting = undelegated(frame.back);
  }

  failed(frame: Frame, error: unknown): unknown {
    if (this.#muted) return error;
    this.#writer.acting = frame;
    if (!frame.done) this.#finish(frame, 'throw', this.#writer.value(error));
    return error;
  }

  line(frame: Frame, line: number): void {
    if (this.#muted) return;
    const writer = this.#writer;
    writer.tick();
    if (writer.touched >= 0) this.#readView();
    writer.acting = frame;
    // Two statements on one line are one visit of it.
    const again =
      frame.line === line &&
      this.#lastLineFrame === frame &&
      this.#lastLine === writer.count - 1;
    frame.line = line;
    // The loop of `for await` went on: no call of its own said so.
    if (frame.waiting >= 0) this.resumes(frame, undefined, line);
    if (again || frame.folded || frame.id < 0) return;
    this.#lastLine = writer.row('line', frame, line);
    this.#lastLineFrame = frame;
  }

  turn(frame: Frame, line: number): void {
    this.line(frame, line);
  }

  awaits<T>(frame: Frame, promise: T, line: number): T {
    if (this.#muted) return promise;
    if (this.#writer.touched >= 0) this.#readView();
    frame.waiting = this.#writer.row('await', frame, line);
    frame.woken = -1;
    this.#leave(frame);
    return promise;
  }

  resumes<T>(frame: Frame, value: T, line: number): T {
    if (this.#muted) return value;
    const writer = this.#writer;
    if (writer.touched >= 0) this.#readView();
    frame.back = undefined;
    writer.acting = frame;
    frame.line = line;
    writer.row('resume', frame, line, writer.value(value), frame.woken);
    frame.waiting = -1;
    return value;
  }

  reaches(frame: Frame, ...writes: unknown[]): void {
    if (this.#muted) return;
    const { failure } = this.#writer;
    if (failure !== undefined) throw failure;
    this.#writer.acting = frame;
    this.#wrote(writes);
  }

  yields<T>(frame: Frame, value: T, line: number): T {
    if (this.#muted) return value;
    if (this.#writer.touched >= 0) this.#readView();
    this.#writer.row('yield', frame, line, this.#writer.value(value));
    this.#leave(frame);
    return value;
  }

  yielded<T>(frame: Frame, sent: T): T {
    if (this.#muted) return sent;
    const { acting } = this.#writer;
    if (acting !== frame) frame.back = undelegated(acting);
    frame.delegating = false;
    this.#writer.acting = frame;
    return sent;
  }

  delegates<T>(frame: Frame, generator: T): T {
    if (!this.#muted) frame.delegating = true;
    return generator;
  }

  iterate<T>(frame: Frame, source: T, line: number): T {
    if (this.#muted) return source;
    return iterateWith(source, (promise) => this.awaits(frame, promise, line));
  }

  wrote<T>(value: T, ...writes: unknown[]): T {
    if (!this.#muted) this.#wrote(writes);
    return value;
  }

  changed<T>(value: T, object: unknown): T {
    if (this.#muted || this.#writer.acting?.folded === true) return value;
    if (typeof object === 'object') this.#writer.value(object);
    return value;
  }

  secrets(
    type: object,
    names: readonly string[],
    read: (object: object) => readonly unknown[],
  ): void {
    this.#writer.secrets.keep(type, names, read);
  }

  place(): Frame | undefined {
    return this.#writer.acting;
  }

  emit(event: SimEvent, on?: Frame): EventId {
    const writer = this.#writer;
    if (this.#muted || !writer.isOn) return -1;
    if (writer.touched >= 0) this.#readView();
    const { kind, subject, cause = -1 } = event;
    const ends = kind === 'task.end' || kind === 'task.die';
    const root = ends ? this.#roots.get(subject) : undefined;
    const frame = on ?? root ?? writer.acting;
    const limits = documents.test(kind) ? wide : narrow;
    const row = writer.event({ ...event, cause }, frame, limits);
    if (on !== undefined) on.woken = row;
    writer.touch(row, frame);
    if (root !== undefined) {
      this.#roots.delete(subject);
      writer.row('end', root, root.task);
    }
    return row;
  }

  spawn(name: string, body: () => Promise<void>): Promise<void> {
    const writer = this.#writer;
    const from = writer.acting;
    const task = this.#tasks.push(name) - 1;
    writer.row('spawn', from, task);
    const root = new Frame(-1, -1, task);
    this.#roots.set(name, root);
    writer.acting = root;
    try {
      return body();
    } finally {
      writer.acting = from;
    }
  }

  describe(place: Frame): string {
    const { site, line } = place;
    return this.#sources.place(site, line) ?? 'the simulator';
  }

  #finish(frame: Frame, kind: 'return' | 'throw', value: number): void {
    const writer = this.#writer;
    if (writer.touched >= 0) this.#readView();
    frame.done = true;
    if (frame.id < 0) return;
    const row = writer.row(kind, frame, value);
    const { parent } = frame;
    if (parent !== undefined && parent.waiting >= 0) parent.woken = row;
    if (!frame.folded) writer.touch(row, frame);
  }

  #leave(frame: Frame): void {
    this.#writer.acting = undelegated(frame.back);
    frame.back = undefined;
  }

  #wrote(writes: readonly unknown[]): void {
    if (!this.#writer.isOn) return;
    for (let at = 0; at < writes.length; at += 3) {
      const frame = writes[at] as Frame;
      this.#variable(frame, writes[at + 1] as string, writes[at + 2]);
    }
  }

  #variable(frame: Frame, name: string, value: unknown): void {
    const writer = this.#writer;
    const machine = this.#sources.machine(frame.site, name);
    const plays = machine !== undefined || this.#sources.hasStory(frame.site);
    if (frame.folded && !plays) return;
    const number = writer.strings.number(name);
    const ref = writer.value(value);
    frame.variables ??= new Map();
    if (frame.variables.get(number) === ref) return;
    frame.variables.set(number, ref);
    if (frame.id < 0) this.#announce(frame);
    const { acting } = writer;
    const row = writer.row('var', frame, number, ref, -1, acting?.task);
    if (!frame.folded) writer.touch(row, acting);
    if (machine !== undefined && typeof value === 'string') {
      this.#view?.enter(machine, '', value, (difference) => {
        this.#report(difference, acting, row);
      });
    }
  }

  /** Gives a frame that began before recording its place in the trace. */
  #announce(frame: Frame): void {
    frame.id = this.#frames++;
    const writer = this.#writer;
    writer.row(
      'call',
      frame,
      frame.site,
      writer.list([writer.value(undefined)]),
    );
  }

  #readView(): void {
    const writer = this.#writer;
    const { touched, toucher, acting } = writer;
    writer.touched = -1;
    if (this.#view === undefined || writer.failure !== undefined) return;
    this.#muted = true;
    try {
      this.#view.read((difference) => {
        this.#report(difference, toucher, touched);
      });
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      const failure = `Cannot read the view of the scenario: ${text}`;
      writer.stop(new Error(failure, { cause: error }));
    } finally {
      this.#muted = false;
      writer.acting = acting;
      writer.touched = -1;
    }
  }

  #report(
    difference: Difference,
    frame: Frame | undefined,
    cause: number,
  ): void {
    const { gone, ...rest } = difference;
    const variant = gone === true ? 'gone' : undefined;
    this.#writer.event({ ...rest, case: variant, cause }, frame, wide);
  }
}
