/**
 * Everything that is indexed of one trace, built once and shared by those who
 * answer questions about it.
 */
import { derive } from '../derive.ts';
import type { Trace } from '../format.ts';
import type { Row } from '../model.ts';
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
  readonly queues: readonly QueueModel[];
  readonly objects: Objects;
  readonly things: Things;
  readonly machines: Machines;
  readonly waits: Waits;
  readonly writes: Writes;
  /** Whether names need their namespace to be told apart. */
  readonly severalNamespaces: boolean;

  constructor(trace: Trace) {
    this.trace = trace;
    this.rows = new Rows(trace);
    this.values = new Values(this.rows);
    this.frames = new Frames(this.rows);
    this.lanes = new Lanes(this.rows, this.frames);
    this.events = new Events(this.rows);
    this.#laneOfBytes();
    const found = derive(this);
    this.events.add(found.happenings);
    this.queues = found.queues;
    this.objects = new Objects(this.values);
    this.things = new Things(this.values, this.events);
    this.machines = new Machines(this.rows, this.values, this.events);
    this.waits = new Waits(this.rows, this.frames, this.events);
    this.writes = new Writes(this.rows, this.values, this.events);
    this.severalNamespaces = this.things.namespaces.size > 1;
  }

  /** Bytes that nobody's task handles belong to the lane of their side. */
  #laneOfBytes(): void {
    for (const row of this.events.family('bytes.')) {
      const [side = ''] = this.events.at(row)?.subject.split(' @') ?? [];
      const lane = this.lanes.named(side);
      if (lane >= 0 && this.lanes.of(row) < 0) this.lanes.assign(row, lane);
    }
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
