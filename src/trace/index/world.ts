/**
 * Everything that is indexed of one trace, built once and shared by those who
 * answer questions about it.
 */
import { derive } from '../derive.ts';
import type { Trace } from '../format.ts';
import type { Row } from '../model.ts';
import { finish } from '../slices.ts';
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

interface Parts extends Ground {
  readonly queues: readonly QueueModel[];
  readonly things: Things;
  readonly machines: Machines;
  readonly waits: Waits;
}

export class World implements Ground {
  readonly trace: Trace;
  readonly rows: Rows;
  readonly values: Values;
  readonly frames: Frames;
  readonly lanes: Lanes;
  readonly events: Events;
  readonly queues: readonly QueueModel[];
  readonly objects: Objects;
  readonly things: Things;
  readonly machines: Machines;
  readonly waits: Waits;
  readonly writes: Writes;
  #several: boolean | undefined;

  /** Indexes a trace in slices. */
  static *open(trace: Trace): Work<World> {
    return new World(trace, yield* indexed(trace));
  }

  /** @param parts its indices; they are built at once when absent */
  constructor(trace: Trace, parts: Parts = finish(indexed(trace))) {
    const { rows, values, frames, lanes, events } = parts;
    this.trace = trace;
    this.rows = rows;
    this.values = values;
    this.frames = frames;
    this.lanes = lanes;
    this.events = events;
    this.queues = parts.queues;
    this.objects = new Objects(values);
    this.things = parts.things;
    this.machines = parts.machines;
    this.waits = parts.waits;
    this.writes = new Writes(rows, values, events);
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

function* indexed(trace: Trace): Work<Parts> {
  const ground = yield* groundOf(trace);
  const { rows, values, frames, events } = ground;
  const { happenings, queues } = yield* derive(ground);
  events.add(happenings);
  yield* events.order();
  const things = new Things(values, events);
  yield* things.read();
  const machines = new Machines(rows, values, events);
  yield* machines.read();
  const waits = new Waits(rows, frames, events);
  yield* waits.read();
  return { ...ground, queues, things, machines, waits };
}

function* groundOf(trace: Trace): Work<Ground> {
  const rows = new Rows(trace);
  const values = new Values(rows);
  yield* values.read();
  const frames = new Frames(rows);
  yield* frames.read();
  const lanes = new Lanes(rows, frames);
  yield* lanes.read();
  const events = new Events(rows);
  yield* events.read();
  nameBytes(events, lanes);
  return { rows, values, frames, lanes, events };
}

/** Bytes that nobody's task handles belong to the lane of their side. */
function nameBytes(events: Events, lanes: Lanes): void {
  for (const row of events.family('bytes.')) {
    const [side = ''] = events.at(row)?.subject.split(' @') ?? [];
    const lane = lanes.named(side);
    if (lane >= 0 && lanes.of(row) < 0) lanes.assign(row, lane);
  }
}
