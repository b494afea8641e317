/**
 * Everything that is indexed of one trace, built once and shared by those who
 * answer questions about it.
 */
import { derive } from '../derive.ts';
import type { Trace } from '../format.ts';
import type { Row } from '../model.ts';
import type { Work } from '../slices.ts';
import { Events } from './events.ts';
import { Frames } from './frames.ts';
import type { Ground } from './ground.ts';
import { Lanes } from './lanes.ts';
import { Machines } from './machines.ts';
import { Objects } from './objects.ts';
import type { QueueModel } from './queues.ts';
import { Rows } from './rows.ts';
import { Things } from './things.ts';
import { Values } from './values.ts';
import { Waits } from './waits.ts';
import { Writes } from './writes.ts';

export class World implements Ground {
  readonly trace: Trace;
  readonly rows: Rows;
  readonly values: Values;
  readonly frames: Frames;
  readonly lanes: Lanes;
  readonly events: Events;
  readonly objects: Objects;
  readonly things: Things;
  readonly machines: Machines;
  readonly waits: Waits;
  readonly writes: Writes;
  queues: readonly QueueModel[] = [];
  #several: boolean | undefined;

  /** Indexes a trace in slices. */
  static *open(trace: Trace): Work<World> {
    const world = new World(trace);
    yield* world.#read();
    return world;
  }

  private constructor(trace: Trace) {
    this.trace = trace;
    const rows = new Rows(trace);
    const values = new Values(rows);
    const frames = new Frames(rows);
    const events = new Events(rows);
    this.rows = rows;
    this.values = values;
    this.frames = frames;
    this.events = events;
    this.lanes = new Lanes(rows, frames);
    this.objects = new Objects(values);
    this.things = new Things(values, events);
    this.machines = new Machines(rows, values, events);
    this.waits = new Waits(rows, frames, events);
    this.writes = new Writes(rows, values, events);
  }

  /** Each index stands on those before it. */
  *#read(): Work {
    const { values, frames, lanes, events } = this;
    for (const index of [values, frames, lanes, events]) yield* index.read();
    nameBytes(events, lanes);
    const { happenings, queues } = yield* derive(this);
    events.add(happenings);
    yield* events.order();
    this.queues = queues;
    const { things, machines, waits, writes } = this;
    for (const index of [things, machines, waits, writes]) yield* index.read();
  }

  /** Whether names need their namespace to be told apart. */
  get severalNamespaces(): boolean {
    this.#several ??= this.things.namespaces.size > 1;
    return this.#several;
  }

  /** Whether a row's code is left out of the steps. */
  folded(row: Row): boolean {
    return this.foldedFrame(this.rows.frame(row));
  }

  foldedFrame(frame: number): boolean {
    const { file } = this.frames.site(frame);
    return this.trace.files[file]?.folded ?? false;
  }
}

/** Bytes that nobody's task handles belong to the lane of their side. */
function nameBytes(events: Events, lanes: Lanes): void {
  for (const row of events.family('bytes.')) {
    const [side = ''] = events.at(row)?.subject.split(' @') ?? [];
    const lane = lanes.named(side);
    if (lane >= 0 && lanes.of(row) < 0) lanes.assign(row, lane);
  }
}
