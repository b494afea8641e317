/**
 * A trace of any length, made by a machine: workers that take keys in turn,
 * write objects and wake one another. The bench and the tests of the page use
 * it where no chapter is long enough.
 */
import { formatName, formatVersion, integerRef } from '../trace/format.ts';
import type { Site, Trace, TraceLane, ValueRef } from '../trace/format.ts';
import { TraceWriter } from './trace-writer.ts';

export interface MachineSize {
  /** Rows the trace has at least. */
  readonly rows: number;
  readonly objects: number;
  readonly workers: number;
}

/** A real file, so that the source view has lines to show. */
const path = 'runnable/knative/reconciler/v1alpha1/service/service.ts';
const states = ['Waiting', 'Busy', 'Done'];
const sites: readonly Site[] = [
  site('Worker.run', 10),
  site('Worker.reconcile', 30, ['key'], ['The worker takes up {key}.']),
  site('Worker.count', 60, ['n']),
];

function site(
  symbol: string,
  line: number,
  params: readonly string[] = [],
  story?: readonly string[],
): Site {
  const place = { file: 0, line, end: line + 20 };
  return { symbol, params, ...place, async: false, ...(story && { story }) };
}

/** Makes the trace; the same size gives the same trace. */
export function machineTrace(size: MachineSize): Trace {
  const machine = new Machine(size);
  for (let round = 0; machine.rows < size.rows; round += 1) {
    machine.round(round);
  }
  return machine.trace();
}

class Machine {
  readonly #size: MachineSize;
  readonly #writer = new TraceWriter();
  /** Each object, and the part of it that changes. */
  readonly #roots: ValueRef[] = [];
  readonly #statuses: ValueRef[] = [];

  constructor(size: MachineSize) {
    this.#size = size;
    for (let worker = 0; worker < size.workers; worker += 1) {
      this.#writer.task = worker;
      this.#writer.call(0, [], -1);
    }
    for (let at = 0; at < size.objects; at += 1) this.#create(at);
  }

  get rows(): number {
    return this.#writer.rows;
  }

  /** One worker takes one key, writes its object, and wakes the next one. */
  round(round: number): void {
    const writer = this.#writer;
    const worker = round % this.#size.workers;
    const key = `default/object-${String(round % this.#size.objects)}`;
    writer.time += 5;
    writer.task = worker;
    const frame = writer.call(1, [writer.value(key)], worker);
    this.#state(round, 'Busy');
    for (let line = 31; line < 40; line += 1) {
      writer.line(line);
      if (line % 3 === 0) writer.set('n', integerRef(round * line));
    }
    writer.call(2, [integerRef(round)], frame);
    for (let line = 61; line < 66; line += 1) writer.line(line);
    writer.return(integerRef(round + 1));
    writer.frame = frame;
    this.#update(round);
    this.#state(round, 'Done');
    writer.return(writer.value('done'));
    this.#handOver(round);
  }

  /** To the next worker, over a channel; this one waits again. */
  #handOver(round: number): void {
    const writer = this.#writer;
    const { workers } = this.#size;
    writer.frame = writer.task;
    const sent = { value: integerRef(round), held: integerRef(1) };
    const row = writer.event('chan.send', 'work', sent);
    this.#state(round, 'Waiting');
    writer.task = (round + 1) % workers;
    writer.frame = writer.task;
    writer.event('chan.recv', 'work', { held: integerRef(0) }, row);
  }

  #state(round: number, to: string): void {
    const writer = this.#writer;
    const from = states[(states.indexOf(to) + 2) % 3] ?? '';
    const object = `worker-${String(round % this.#size.workers)}`;
    writer.event('state', `Worker ${object}`, {
      machine: writer.value('Worker'),
      object: writer.value(object),
      from: writer.value(from),
      to: writer.value(to),
    });
  }

  /** Every object but the first has one of those before it as its owner. */
  #create(at: number): void {
    const writer = this.#writer;
    const owner = `object-${String((at - 1) >> 2)}`;
    const reference = writer.object('Object', {
      kind: writer.value('Thing'),
      name: writer.value(owner),
      controller: writer.value(true),
    });
    const owners = at === 0 ? {} : { 0: reference };
    const metadata = writer.object('Object', {
      name: writer.value(`object-${String(at)}`),
      namespace: writer.value('default'),
      ownerReferences: writer.object('Array', owners),
    });
    const status = writer.object('Object', this.#status(0));
    const kind = writer.value('Thing');
    const object = writer.object('Object', { kind, metadata, status });
    this.#roots.push(object);
    this.#statuses.push(status);
    const subject = `Thing default/object-${String(at)}`;
    writer.event('store.create', subject, { object });
  }

  #update(round: number): void {
    const at = round % this.#size.objects;
    const object = this.#roots[at] ?? 0;
    this.#writer.change(this.#statuses[at] ?? 0, this.#status(round));
    const subject = `Thing default/object-${String(at)}`;
    this.#writer.event('store.update', subject, { object });
  }

  #status(round: number): Readonly<Record<string, ValueRef>> {
    const phase = round % 7 === 0 ? 'Pending' : 'Running';
    return { phase: this.#writer.value(phase), count: integerRef(round) };
  }

  trace(): Trace {
    const lanes: TraceLane[] = [];
    const tasks: string[] = [];
    for (let worker = 0; worker < this.#size.workers; worker += 1) {
      const id = `worker-${String(worker)}`;
      tasks.push(id);
      lanes.push({ id, noun: `the ${id}`, tasks: [id] });
    }
    return {
      format: formatName,
      version: formatVersion,
      chapter: 'machine/made',
      scenario: `rows-${String(this.#size.rows)}`,
      title: `Made by a machine, ${String(this.rows)} rows`,
      seed: 1,
      start: 0,
      notes: [],
      lanes,
      keep: [],
      fold: [],
      machines: [{ name: 'Worker', states, initial: 'Waiting' }],
      files: [{ path, hash: '', folded: false }],
      tasks,
      sites,
      ...this.#writer.tables(),
      result: null,
    };
  }
}
