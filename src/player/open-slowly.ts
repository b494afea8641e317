/**
 * Opens a long recording, or one from elsewhere, without freezing the page: a
 * worker reads it, and it is indexed in slices, with time for the page between.
 */
import type { Columns, Trace } from '../trace/format.ts';
import { openSlowly } from '../trace/open.ts';
import type { TraceModel } from '../trace/model.ts';
import type { TracePiece } from './trace-worker.ts';

/** Told how much is done, from 0 to 1. */
export type Progress = (part: number) => void;

/** Milliseconds of work between two rests. */
const budget = 12;
/** About how many rows one slice of the work stands for. */
const rowsOfSlice = 140;
/** The worker's part of the whole work. */
const read = 0.1;
/** How much more must be done until it is worth telling. */
const worthTelling = 0.01;

/**
 * Opens a recording from anywhere; all of it is checked first.
 *
 * @throws {Error} with what is wrong with it
 */
export async function openForeign(
  data: Blob,
  progress: Progress,
): Promise<TraceModel> {
  progress(0);
  return openRows(await readInWorker(data), progress);
}

/** Indexes a recording in slices. */
export async function openRows(
  trace: Trace,
  progress: Progress,
): Promise<TraceModel> {
  const rows = trace.events.kind.length;
  const work = openSlowly(trace);
  let until = 0;
  let told = 0;
  for (let slices = 0; ; slices += 1) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (performance.now() < until) continue;
    const done = Math.min(0.99, (slices * rowsOfSlice) / rows);
    if (done - told >= worthTelling) {
      progress(read + (1 - read) * done);
      told = done;
    }
    await rest();
    until = performance.now() + budget;
  }
}

/** Lets whatever waits have its turn; a timer would wait longer than asked. */
function rest(): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((go) => {
    port1.onmessage = go;
    port2.postMessage('');
  }).finally(() => {
    port1.close();
  });
}

function readInWorker(data: Blob): Promise<Trace> {
  const worker = new Worker(new URL('./trace-worker.ts', import.meta.url), {
    type: 'module',
  });
  const lists = new Map<string, unknown[]>();
  return new Promise<Trace>((take, fail) => {
    worker.addEventListener('error', () => {
      fail(new Error('Cannot read the recording: the worker did not start'));
    });
    worker.addEventListener('message', (event: MessageEvent<TracePiece>) => {
      const piece = event.data;
      if ('error' in piece) fail(new Error(piece.error));
      else if ('rest' in piece) take(joined(piece.rest, lists));
      else {
        const list = lists.get(piece.list) ?? [];
        lists.set(piece.list, list);
        for (const item of piece.items) list.push(item);
        worker.postMessage('more');
      }
    });
    worker.postMessage(data);
  }).finally(() => {
    worker.terminate();
  });
}

/** Puts the pieces together; the worker has checked them all. */
function joined(
  rest: Partial<Trace>,
  lists: ReadonlyMap<string, unknown[]>,
): Trace {
  const list = (name: string): unknown[] => lists.get(name) ?? [];
  const column = (name: keyof Columns) => list(`events.${name}`) as number[];
  return {
    ...rest,
    objects: list('objects'),
    strings: list('strings'),
    values: list('values'),
    pool: list('pool'),
    events: {
      time: column('time'),
      task: column('task'),
      kind: column('kind'),
      frame: column('frame'),
      a: column('a'),
      b: column('b'),
      c: column('c'),
    },
  } as Trace;
}
