/**
 * What each lane does over the rows of a run: acting, blocked or asleep.
 *
 * A lane may stand for several tasks. It acts while one of them does; else it
 * sleeps or waits as the one that stopped last.
 */
import type { Activity, Interval, Row } from '../model.ts';
import { each, eachOf } from '../slices.ts';
import type { Work } from '../slices.ts';
import type { Frames } from './frames.ts';
import type { Lanes } from './lanes.ts';
import { countTo } from './lists.ts';
import { code } from './rows.ts';
import type { Rows } from './rows.ts';
import type { Wait, Waits } from './waits.ts';

interface Turn {
  readonly row: Row;
  readonly order: number;
  readonly task: string;
  /** Undefined when the task is over. */
  readonly activity: Activity | undefined;
  readonly why: string;
}

export class Intervals {
  readonly #lists: (readonly Interval[])[] = [];
  readonly #starts: (readonly Row[])[] = [];

  *read(rows: Rows, frames: Frames, lanes: Lanes, waits: Waits): Work {
    const turns: Turn[][] = lanes.views.map(() => []);
    const put = (lane: number, turn: Turn): void => {
      turns[lane]?.push(turn);
    };
    yield* lifeTurns(rows, lanes, put);
    yield* waitTurns(rows, lanes, waits.all, put);
    yield* visitTurns(frames, lanes, put);
    for (const list of turns) {
      const intervals = yield* merged(list, rows.count);
      this.#lists.push(intervals);
      this.#starts.push(intervals.map(({ from }) => from));
    }
  }

  /** The intervals of a lane that overlap rows `from` to `to`. */
  between(lane: number, from: Row, to: Row): readonly Interval[] {
    const list = this.#lists[lane] ?? [];
    const starts = this.#starts[lane] ?? [];
    const first = Math.max(0, countTo(starts, from) - 1);
    return list
      .slice(first, countTo(starts, to - 1))
      .filter((interval) => interval.to > from);
  }
}

type Put = (lane: number, turn: Turn) => void;

/** A task acts from its first row on and is over after its last. */
function lifeTurns(rows: Rows, lanes: Lanes, put: Put): Work {
  const seen = new Set<number>();
  return each(rows.count, (row) => {
    const task = rows.task(row);
    if (task < 0) return;
    const name = String(task);
    const lane = lanes.ofTask(task);
    if (!seen.has(task) && rows.kind(row) !== code.end) {
      seen.add(task);
      put(lane, { row, order: 0, task: name, activity: 'running', why: '' });
    }
    if (rows.kind(row) !== code.end) return;
    const ended = rows.a(row);
    put(lanes.ofTask(ended), {
      row,
      order: 3,
      task: String(ended),
      activity: undefined,
      why: '',
    });
  });
}

/**
 * Virtual time passes only while everybody waits. So a task whose next row is
 * later than its last one has waited in between, whatever it waited for.
 */
function* waitTurns(
  rows: Rows,
  lanes: Lanes,
  waits: readonly Wait[],
  put: Put,
): Work {
  const known = new Map<number, Wait>();
  const waitOf = new Map(waits.map((wait) => [wait.from, wait]));
  const last = new Map<number, Row>();
  const over = new Set<number>();
  const idle = (task: number, from: Row, to: Row | undefined): void => {
    const wait = known.get(task);
    const { activity = 'blocked', why = '' } = wait ?? {};
    const lane = lanes.ofTask(task);
    const name = String(task);
    const row = wait?.from ?? from;
    put(lane, { row, order: 2, task: name, activity, why });
    if (to === undefined) return;
    put(lane, { row: to, order: 1, task: name, activity: 'running', why: '' });
  };
  yield* each(rows.count, (row) => {
    if (rows.kind(row) === code.end) over.add(rows.a(row));
    const task = rows.task(row);
    if (task < 0) return;
    const before = last.get(task);
    if (before !== undefined && rows.time(row) > rows.time(before)) {
      idle(task, before, row);
      known.delete(task);
    }
    const wait = waitOf.get(row);
    if (wait !== undefined) known.set(wait.task, wait);
    last.set(task, row);
  });
  const end = rows.time(rows.count - 1);
  for (const [task, row] of last) {
    const isWaiting = known.has(task) || rows.time(row) < end;
    if (isWaiting && !over.has(task)) idle(task, row, undefined);
  }
}

/** A lane that symbols name acts while one of its functions runs. */
function visitTurns(frames: Frames, lanes: Lanes, put: Put): Work {
  return each(frames.count, (frame) => {
    const lane = lanes.bySymbol(frame);
    if (lane < 0 || lanes.bySymbol(frames.parent(frame)) === lane) return;
    const task = `frame ${frame}`;
    const row = frames.begin(frame);
    if (row < 0) return;
    put(lane, { row, order: 0, task, activity: 'running', why: '' });
    const end = frames.end(frame);
    if (end < 0) return;
    put(lane, { row: end, order: 3, task, activity: undefined, why: '' });
  });
}

function* merged(turns: readonly Turn[], end: Row): Work<Interval[]> {
  const sorted = [...turns].sort((a, b) => a.row - b.row || a.order - b.order);
  const doing = new Map<string, Turn>();
  const intervals: Interval[] = [];
  let current: Turn | undefined;
  let since: Row = 0;
  const close = (to: Row): void => {
    if (current?.activity === undefined || to <= since) return;
    const { activity, why } = current;
    const reason = why === '' ? {} : { why };
    intervals.push({ activity, from: since, to, ...reason });
  };
  yield* eachOf(sorted, (turn) => {
    doing.delete(turn.task);
    if (turn.activity !== undefined) doing.set(turn.task, turn);
    const all = [...doing.values()];
    const next =
      all.find(({ activity }) => activity === 'running') ?? all.at(-1);
    if (next?.activity === current?.activity && next?.why === current?.why) {
      return;
    }
    close(turn.row);
    current = next;
    since = turn.row;
  });
  close(end);
  return intervals;
}
