/**
 * The story as a log with vector clocks, which ShiViz opens.
 *
 * Its first line is the expression that reads it, its second one, empty, says
 * that it holds one execution. A host is an actor; it has an event for each of
 * its steps and wherever an arrow begins or ends at it. What an arrow leads to
 * knows everything that was known where it began.
 */
import { timeText } from '../index/texts.ts';
import type { Arrow, Row, TraceModel } from '../model.ts';

const expression = String.raw`(?<host>\S+) (?<clock>\{[^}]*\}) (?<time>\S+)\n(?<event>.*)`;

type Clock = ReadonlyMap<string, number>;

interface Point {
  readonly lane: number;
  readonly row: Row;
  readonly time: number;
  text: string;
  readonly arrows: Arrow[];
}

/** The text of a log. */
export function writeShiviz(model: TraceModel): string {
  const hosts = hostNames(model);
  const clocks = new Map<string, Clock>();
  const latest = new Map<string, Clock>();
  const lines = pointsOf(model).flatMap(({ lane, row, time, text, arrows }) => {
    const host = hosts[lane] ?? 'run';
    const known = [
      latest.get(host),
      ...arrows.map(({ from }) => clocks.get(keyOf(from.lane, from.row))),
    ];
    const clock = merged(known);
    clock.set(host, (clock.get(host) ?? 0) + 1);
    latest.set(host, clock);
    clocks.set(keyOf(lane, row), clock);
    const json = JSON.stringify(Object.fromEntries(clock));
    return [`${host} ${json} ${timeText(time)}`, text];
  });
  return [expression, '', ...lines].join('\n');
}

const keyOf = (lane: number, row: Row): string =>
  `${String(lane)} ${String(row)}`;

/** Names without spaces, quotes and braces, each its own. */
function hostNames(model: TraceModel): string[] {
  const names: string[] = [];
  for (const { id } of model.lanes) {
    const name = id.replaceAll(/[\s"'{}\\]|\p{C}/gu, '_') || 'lane';
    let unique = name;
    for (let n = 2; names.includes(unique); n++)
      unique = `${name}_${String(n)}`;
    names.push(unique);
  }
  return names;
}

/** What happens at each actor, causes before effects. */
function pointsOf(model: TraceModel): Point[] {
  const count = model.count('story');
  const points = new Map<string, Point>();
  const { time } = model.trace.events;
  const at = (lane: number, row: Row, text: string): Point => {
    const key = keyOf(lane, row);
    let point = points.get(key);
    if (point === undefined) {
      point = { lane, row, time: time[row] ?? 0, text, arrows: [] };
      points.set(key, point);
    }
    return point;
  };
  for (let n = 1; n <= count; n++) {
    const { lane, row, sentence, address } = model.step('story', n);
    at(lane, row, oneLine(`${sentence} [${address}]`));
  }
  for (const arrow of model.arrows('story', 1, count)) {
    const { from, to, label } = arrow;
    at(from.lane, from.row, oneLine(label));
    at(to.lane, to.row, oneLine(label)).arrows.push(arrow);
  }
  return ordered([...points.values()]);
}

/** By row; at one row, first where arrows only begin. */
function ordered(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a.row - b.row || a.lane - b.lane);
  const done = new Set<Point>();
  const order: Point[] = [];
  const visit = (point: Point): void => {
    if (done.has(point)) return;
    done.add(point);
    for (const { from } of point.arrows) {
      if (from.row !== point.row) continue;
      const cause = sorted.find(
        (one) => one.row === from.row && one.lane === from.lane,
      );
      if (cause !== undefined) visit(cause);
    }
    order.push(point);
  };
  for (const point of sorted) visit(point);
  return order;
}

function merged(clocks: readonly (Clock | undefined)[]): Map<string, number> {
  const all = new Map<string, number>();
  for (const clock of clocks) {
    for (const [host, count] of clock ?? []) {
      all.set(host, Math.max(all.get(host) ?? 0, count));
    }
  }
  return all;
}

const oneLine = (text: string): string =>
  text.replaceAll(/\s+/gu, ' ').replaceAll('`', '').trim() || '…';
