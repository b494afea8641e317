/**
 * What the simulator and the API store report, as rows; and the tasks.
 */
import type {
  EventId,
  Observer,
  SimEvent,
} from '../../../runnable/sim/event.ts';
import { Frame } from './frame.ts';
import type { Sources } from './sources.ts';
import type { ViewWatch } from './view-watch.ts';
import { narrow, wide } from './writer.ts';
import type { Writer } from './writer.ts';

/** Kinds of events that documents, diagrams and the wire are drawn from. */
const documents = /^(store|watch|bytes)\./;

/** The recorder's side of the simulator. */
export class SimObserver implements Observer {
  readonly tasks: string[] = [];
  readonly #writer: Writer;
  readonly #sources: Sources;
  readonly #view: ViewWatch;
  /** The first frame of each task that is alive, by its name. */
  readonly #roots = new Map<string, Frame>();

  constructor(writer: Writer, sources: Sources, view: ViewWatch) {
    this.#writer = writer;
    this.#sources = sources;
    this.#view = view;
  }

  place(): Frame | undefined {
    return this.#writer.acting;
  }

  emit(event: SimEvent, on?: Frame): EventId {
    const writer = this.#writer;
    if (this.#view.isReading || !writer.isOn) return -1;
    if (writer.touched >= 0) this.#view.read();
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
    const task = this.tasks.push(name) - 1;
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

  acts(place: Frame): void {
    this.#writer.acting = place;
  }

  describe(place: Frame): string {
    const { site, line } = place;
    return this.#sources.place(site, line) ?? 'the simulator';
  }
}
