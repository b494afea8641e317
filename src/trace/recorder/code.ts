/**
 * What instrumented code tells of itself, as rows.
 *
 * One frame acts at a time. Entering a function makes its frame the acting
 * one; waiting, yielding and ending give way to whoever resumed it; every
 * line, resumption and `catch` restores it. So the frame is right across
 * `await`, and with it the task. No call adds a microtask.
 */
import type { Probes } from '../probes.ts';
import { Frame, undelegated } from './frame.ts';
import { iterateWith } from './iterate.ts';
import type { Sources } from './sources.ts';
import type { ViewWatch } from './view-watch.ts';
import type { Writer } from './writer.ts';

/** Deeper recursion than this is a mistake, and would end in a worse error. */
const maxDepth = 2000;

/** The frame of what runs while the view is read. */
const unseen = new Frame(-1, -1, -1);

/** The recorder's side of `globalThis.__t`. */
export class CodeProbes implements Probes {
  readonly #writer: Writer;
  readonly #sources: Sources;
  readonly #view: ViewWatch;
  #frames = 0;
  #lastLine = -1;
  #lastLineFrame: Frame | undefined;

  constructor(writer: Writer, sources: Sources, view: ViewWatch) {
    this.#writer = writer;
    this.#sources = sources;
    this.#view = view;
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
    if (this.#view.isReading) return unseen;
    const writer = this.#writer;
    writer.tick();
    if (writer.touched >= 0) this.#view.read();
    const caller = writer.acting;
    const parent = caller ?? (outer.done ? undefined : outer);
    const task = (caller ?? outer).task;
    const folded = this.#sources.isFolded(site);
    const silent =
      folded &&
      parent?.folded === true &&
      this.#sources.isWithin(site, parent.site);
    const id = silent ? parent.id : -1;
    const frame = new Frame(id, site, task, parent, folded, silent);
    frame.back = caller;
    if (frame.depth > maxDepth) {
      writer.stop(
        new RangeError(
          `Cannot record the run: more than ${maxDepth} calls inside one another`,
        ),
      );
      writer.tick();
    }
    if (writer.isOn && !silent) {
      frame.id = this.#frames++;
      const list = [writer.self(self), ...args.map((arg) => writer.value(arg))];
      writer.row('call', frame, site, writer.list(list), parent?.id);
    }
    writer.acting = frame;
    return frame;
  }

  result<T>(frame: Frame, value: T): T {
    if (this.#view.isReading) return value;
    this.#writer.acting = frame;
    if (!frame.silent) frame.value = this.#writer.value(value);
    return value;
  }

  exit(frame: Frame): void {
    if (this.#view.isReading) return;
    if (!frame.done) this.#finish(frame, 'return', frame.value);
    this.#writer.acting = undelegated(frame.back);
  }

  failed(frame: Frame, error: unknown): unknown {
    if (this.#view.isReading) return error;
    this.#writer.acting = frame;
    if (!frame.done) {
      const value = frame.silent ? -1 : this.#writer.value(error);
      this.#finish(frame, 'throw', value);
    }
    return error;
  }

  line(frame: Frame, line: number): void {
    if (this.#view.isReading) return;
    const writer = this.#writer;
    writer.tick();
    if (writer.touched >= 0) this.#view.read();
    writer.acting = frame;
    // Two statements on one line are one visit of it.
    const again =
      frame.line === line &&
      this.#lastLineFrame === frame &&
      this.#lastLine === writer.count - 1;
    frame.line = line;
    // The loop of `for await` went on: no call of its own said so.
    if (frame.isWaiting) this.resumes(frame, undefined, line);
    if (again || frame.folded || frame.id < 0) return;
    this.#lastLine = writer.row('line', frame, line);
    this.#lastLineFrame = frame;
  }

  turn(frame: Frame, line: number): void {
    this.line(frame, line);
  }

  awaits<T>(frame: Frame, promise: T, line: number): T {
    if (this.#view.isReading) return promise;
    if (this.#writer.touched >= 0) this.#view.read();
    frame.isWaiting = true;
    frame.woken = -1;
    if (!frame.silent) this.#writer.row('await', frame, line);
    this.#leave(frame);
    return promise;
  }

  resumes<T>(frame: Frame, value: T, line: number): T {
    if (this.#view.isReading) return value;
    const writer = this.#writer;
    if (writer.touched >= 0) this.#view.read();
    frame.back = undefined;
    writer.acting = frame;
    frame.line = line;
    frame.isWaiting = false;
    if (!frame.silent) {
      writer.row('resume', frame, line, writer.value(value), frame.woken);
    }
    return value;
  }

  reaches(frame: Frame, ...writes: unknown[]): void {
    if (this.#view.isReading) return;
    const { failure } = this.#writer;
    if (failure !== undefined) throw failure;
    this.#writer.acting = frame;
    this.#wrote(writes);
  }

  yields<T>(frame: Frame, value: T, line: number): T {
    if (this.#view.isReading) return value;
    if (this.#writer.touched >= 0) this.#view.read();
    if (!frame.silent) {
      this.#writer.row('yield', frame, line, this.#writer.value(value));
    }
    this.#leave(frame);
    return value;
  }

  yielded<T>(frame: Frame, sent: T): T {
    if (this.#view.isReading) return sent;
    const { acting } = this.#writer;
    if (acting !== frame) frame.back = undelegated(acting);
    frame.delegating = false;
    this.#writer.acting = frame;
    return sent;
  }

  delegates<T>(frame: Frame, generator: T): T {
    if (!this.#view.isReading) frame.delegating = true;
    return generator;
  }

  iterate<T>(frame: Frame, source: T, line: number): T {
    if (this.#view.isReading) return source;
    return iterateWith(source, (promise) => this.awaits(frame, promise, line));
  }

  wrote<T>(value: T, ...writes: unknown[]): T {
    if (!this.#view.isReading) this.#wrote(writes);
    return value;
  }

  changed<T>(value: T, object: unknown): T {
    const writer = this.#writer;
    const { acting } = writer;
    if (this.#view.isReading || acting?.folded === true) return value;
    if (typeof object === 'object') writer.value(object);
    else writer.touch(writer.count - 1, acting);
    return value;
  }

  secrets(
    type: object,
    names: readonly string[],
    read: (object: object, absent: object) => readonly unknown[],
  ): void {
    this.#writer.secrets.keep(type, names, read);
  }

  #finish(frame: Frame, kind: 'return' | 'throw', value: number): void {
    const writer = this.#writer;
    if (writer.touched >= 0) this.#view.read();
    frame.done = true;
    if (frame.id < 0) return;
    const row = frame.silent ? frame.woken : writer.row(kind, frame, value);
    if (frame.parent?.isWaiting === true) frame.parent.woken = row;
    // What folded code changes is in no row: it is looked for at its border.
    if (frame.folded) writer.touch(row, frame);
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
    // Which files are folded is known only after modules are loaded.
    const folded =
      frame.id < 0 ? this.#sources.isFolded(frame.site) : frame.folded;
    if (folded && !plays) return;
    const number = writer.strings.number(name);
    const ref = writer.value(value);
    frame.variables ??= new Map();
    const before = frame.variables.get(number);
    if (before === ref) return;
    frame.variables.set(number, ref);
    if (frame.id < 0) this.#announce(frame);
    const { acting } = writer;
    const row = writer.row('var', frame, number, ref, -1, acting?.task);
    // The view can see variables of others alone: those of its scenario.
    if (!folded && frame !== acting) writer.touch(row, acting);
    if (machine === undefined || typeof value !== 'string') return;
    // Each activation begins anew, which is nothing that happened.
    if (before === undefined && value === machine.initial) {
      this.#view.restart(machine);
    } else this.#view.enter(machine, value, acting, row);
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
}
