/**
 * Where the states of a machine stand.
 *
 * States that the run goes round stand on a ring; those it only comes from
 * stand left of it, those it only leaves to and those it never visits right.
 */
import type { MachineView } from '../../trace/model.ts';
import { shortName } from './text.ts';

/** Width of a letter, to the size of the type. */
const letter = 0.62;

export interface StateBox {
  readonly name: string;
  /** The name, or as much of it as there is room for. */
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly visited: boolean;
}

export interface EdgePath {
  readonly from: string;
  readonly to: string;
  readonly path: string;
  /** Where the arrow ends, and its direction in degrees. */
  readonly tip: readonly [x: number, y: number, degrees: number];
  /** Where its count stands. */
  readonly label: readonly [x: number, y: number];
}

export interface MachineLayout {
  readonly states: readonly StateBox[];
  readonly edges: readonly EdgePath[];
  readonly pill: { readonly width: number; readonly height: number };
  readonly size: number;
}

type Way = Pick<MachineView['edges'][number], 'from' | 'to'>;
type Point = readonly [number, number];

/** Places states and edges in a pane. */
export function layMachine(
  machine: MachineView,
  width: number,
  height: number,
): MachineLayout {
  const longest = Math.max(1, ...machine.states.map((name) => name.length));
  const groups = groupsOf(machine);
  const columns = [groups.before, groups.ring, groups.after].filter(
    ({ length }) => length,
  ).length;
  const room = (width - 24 - (columns - 1) * 42) / columns - 20;
  const most = height > 400 ? 19 : 15;
  const size = Math.max(11, Math.min(most, room / (longest * letter)));
  const letters = Math.max(7, Math.floor(room / (size * letter)));
  const pill = {
    width: Math.min(longest, letters) * letter * size + 20,
    height: size * 2.05,
  };
  const places = new Map<string, Point>();
  const half = pill.width / 2 + 12;
  column(groups.before, half, height, pill, places);
  column(groups.after, width - half, height, pill, places);
  const left = groups.before.length ? pill.width + 46 : 8;
  const right = width - (groups.after.length ? pill.width + 46 : 8);
  const rx = Math.max(0, (right - left - pill.width) / 2);
  const ry = Math.min(150, height / 2 - pill.height / 2 - 16);
  // One between two columns stands in line with them.
  const middle = height / 2 + (groups.ring.length > 1 ? 6 : 0);
  ring(groups.ring, (left + right) / 2, middle, rx, ry, places);
  const states = machine.states.map((name): StateBox => {
    const [x, y] = places.get(name) ?? [0, 0];
    const label = shortName(name, letters);
    return { name, label, x, y, visited: groups.visited.has(name) };
  });
  const edges = machine.edges.flatMap((edge) =>
    edgePath(edge, machine.edges, places, pill),
  );
  return { states, edges, pill, size };
}

/** In a column, not farther apart than the eye follows, room for loops above. */
function column(
  names: readonly string[],
  x: number,
  height: number,
  pill: { height: number },
  places: Map<string, Point>,
): void {
  const space = Math.min(
    74,
    (height - pill.height - 34) / Math.max(1, names.length - 1),
  );
  const top = Math.max(
    28 + pill.height / 2,
    (height - space * (names.length - 1)) / 2,
  );
  names.forEach((name, i) => places.set(name, [x, top + i * space]));
}

function groupsOf({ states, edges, current }: MachineView): {
  before: string[];
  ring: string[];
  after: string[];
  visited: ReadonlySet<string>;
} {
  const visited = new Set([
    ...edges.flatMap(({ from, to }) => [from, to]),
    current,
  ]);
  const goesOn = (name: string) =>
    edges.some(({ from, to }) => from === name && to !== name);
  const isReached = (name: string) =>
    edges.some(({ from, to }) => to === name && from !== name);
  const before: string[] = [];
  const ring: string[] = [];
  const after: string[] = [];
  for (const name of states) {
    if (!visited.has(name) || (!goesOn(name) && isReached(name)))
      after.push(name);
    else if (goesOn(name) && !isReached(name)) before.push(name);
    else ring.push(name);
  }
  after.sort((a, b) => Number(visited.has(b)) - Number(visited.has(a)));
  return { before, ring, after, visited };
}

/** Evenly round an ellipse, from its top, clockwise; few stand in a column. */
function ring(
  names: readonly string[],
  x: number,
  y: number,
  rx: number,
  ry: number,
  places: Map<string, Point>,
): void {
  names.forEach((name, i) => {
    const angle = (i / names.length) * 2 * Math.PI - Math.PI / 2;
    const alone = names.length === 1;
    const wide = names.length < 3 ? 0 : Math.min(rx, ry * 1.6);
    places.set(
      name,
      alone ? [x, y] : [x + wide * Math.cos(angle), y + ry * Math.sin(angle)],
    );
  });
}

function edgePath(
  edge: Way,
  all: readonly Way[],
  places: ReadonlyMap<string, Point>,
  pill: { width: number; height: number },
): EdgePath[] {
  const from = places.get(edge.from);
  const to = places.get(edge.to);
  if (!from || !to) return [];
  if (edge.from === edge.to) return [selfPath(edge, from, pill)];
  const both = all.some(
    (other) => other.from === edge.to && other.to === edge.from,
  );
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const far = Math.hypot(dx, dy) || 1;
  const bend = both ? Math.min(46, 18 + far * 0.16) : far * 0.05;
  const bent: Point = [
    (from[0] + to[0]) / 2 - (dy / far) * bend,
    (from[1] + to[1]) / 2 + (dx / far) * bend,
  ];
  const start = borderOf(from, bent, pill, 2);
  const end = borderOf(to, bent, pill, 5);
  const degrees =
    (Math.atan2(end[1] - bent[1], end[0] - bent[0]) * 180) / Math.PI;
  const aside: Point = both
    ? [(-dy / far) * 15, (dx / far) * 15]
    : [(dy / far) * 12 * Math.sign(dx || 1), (-Math.abs(dx) / far) * 12];
  const middle: Point = [
    (start[0] + 2 * bent[0] + end[0]) / 4 + aside[0],
    (start[1] + 2 * bent[1] + end[1]) / 4 + aside[1],
  ];
  return [
    {
      from: edge.from,
      to: edge.to,
      path: `M${point(start)}Q${point(bent)} ${point(end)}`,
      tip: [end[0], end[1], degrees],
      label: middle,
    },
  ];
}

/** A small loop over the left shoulder of a state. */
function selfPath(
  edge: Way,
  [x, y]: Point,
  pill: { width: number; height: number },
): EdgePath {
  const at = x - pill.width / 2 + 18;
  const top = y - pill.height / 2;
  return {
    from: edge.from,
    to: edge.to,
    path: `M${point([at, top])}c-6 -24 32 -24 26 -3`,
    tip: [at + 25, top - 1, 100],
    label: [at + 44, top - 11],
  };
}

/** Where the line from a state towards a point leaves the state's pill. */
function borderOf(
  [x, y]: Point,
  towards: Point,
  pill: { width: number; height: number },
  away: number,
): Point {
  const [dx, dy] = [towards[0] - x, towards[1] - y];
  const scale = Math.min(
    (pill.width / 2 + away) / Math.max(1e-6, Math.abs(dx)),
    (pill.height / 2 + away) / Math.max(1e-6, Math.abs(dy)),
  );
  return [x + dx * scale, y + dy * scale];
}

function point([x, y]: Point): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}
