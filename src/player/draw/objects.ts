/**
 * Where the objects of a run stand: computed once for the whole run, so that
 * nothing moves unless the pane does.
 *
 * Owners stand over what they own, or left of it, or as an outline when there
 * is no room for either; the arrangement that needs the least height is taken.
 */
import type { Row, TraceModel } from '../../trace/model.ts';

export interface Node {
  readonly id: string;
  readonly owner: string | undefined;
  readonly depth: number;
  /** Names of all fields it ever has, in their order. */
  readonly fields: readonly string[];
}

export interface Box {
  readonly id: string;
  /** The node's fields, each with a row of its own from the beginning. */
  readonly fields: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** From an owned object to its owner: the line, and where its arrow points. */
export interface Edge {
  readonly id: string;
  readonly path: string;
  readonly head: string;
}

export interface Arrangement {
  readonly boxes: readonly Box[];
  readonly edges: readonly Edge[];
  readonly width: number;
  readonly height: number;
}

export const title = 25;
export const fieldRow = 20;
const pad = 16;
const gap = 18;
const least = 150;
const leastBeside = 165;
const outlineLeast = 190;
/** Moments at which the fields of one object are looked at. */
const samples = 6;

/** Every object of the run, owners before what they own. */
export function nodesOf(model: TraceModel): Node[] {
  const things = model.things(Math.max(0, model.rows - 1));
  const ids = new Set(things.map((thing) => thing.id));
  const nodes: Node[] = [];
  const add = (owner: string | undefined, depth: number) => {
    for (const thing of things) {
      const its =
        thing.owner !== undefined && ids.has(thing.owner)
          ? thing.owner
          : undefined;
      if (its !== owner || nodes.some((node) => node.id === thing.id)) continue;
      nodes.push({
        id: thing.id,
        owner,
        depth,
        fields: fieldsOf(model, thing.id),
      });
      if (depth < 12) add(thing.id, depth + 1);
    }
  };
  add(undefined, 0);
  return nodes;
}

/** The fields of its fullest moment first, then those it had at others. */
function fieldsOf(model: TraceModel, id: string): string[] {
  const rows = model.changesOf(id);
  const every = Math.max(1, Math.floor(rows.length / samples));
  const looked = rows
    .filter((_, i) => i % every === 0 || i === rows.length - 1)
    .map((row) => namesAt(model, id, row))
    .sort((a, b) => b.length - a.length);
  return [...new Set(looked.flat())];
}

function namesAt(model: TraceModel, id: string, row: Row): string[] {
  const thing = model.things(row).find((one) => one.id === id);
  return thing?.fields.map((field) => field.name) ?? [];
}

/** The arrangement of least height that fits a width. */
export function arrange(nodes: readonly Node[], width: number): Arrangement {
  const tries = [
    down(nodes, width),
    right(nodes, width),
    outline(nodes, width),
  ];
  const fitting = tries.filter((one) => one !== undefined);
  return fitting.reduce((best, one) =>
    one.height < best.height - 8 ? one : best,
  );
}

/** Owners over what they own. */
function down(nodes: readonly Node[], width: number): Arrangement | undefined {
  const leaves = nodes.filter(
    (node) => !nodes.some((other) => other.owner === node.id),
  );
  const column = (width - 2 * pad + gap) / Math.max(1, leaves.length) - gap;
  if (column < least) return undefined;
  const centre = new Map<string, number>();
  leaves.forEach((leaf, i) =>
    centre.set(leaf.id, pad + column / 2 + i * (column + gap)),
  );
  for (const node of nodes.toReversed()) {
    const owned = nodes
      .filter((other) => other.owner === node.id)
      .map((other) => centre.get(other.id) ?? 0);
    if (owned.length)
      centre.set(node.id, (Math.min(...owned) + Math.max(...owned)) / 2);
  }
  const tops = levelTops(nodes);
  const boxes = nodes.map((node): Box => {
    const span = Math.max(1, leavesBelow(nodes, node.id));
    const most = node.depth === 0 ? Math.max(column, 290) : column;
    const wide = Math.min(span * (column + gap) - gap, Math.max(most, column));
    const x = Math.min(
      width - pad - wide,
      Math.max(pad, (centre.get(node.id) ?? 0) - wide / 2),
    );
    return {
      id: node.id,
      fields: node.fields,
      x,
      y: tops[node.depth] ?? 0,
      width: wide,
      height: heightOf(node),
    };
  });
  const edges = edgesOf(nodes, boxes, (owner, box) => {
    const x = box.x + box.width / 2;
    const at = Math.max(owner.x + 20, Math.min(owner.x + owner.width - 20, x));
    const bottom = owner.y + owner.height;
    const path =
      at === x
        ? `M${x} ${bottom}V${box.y}`
        : `M${at} ${bottom}V${box.y - 8}H${x}V${box.y}`;
    return { path, head: `M${at} ${bottom}l-5 9h10Z` };
  });
  return { boxes, edges, width, height: bottomOf(boxes) };
}

function leavesBelow(nodes: readonly Node[], id: string): number {
  const owned = nodes.filter((node) => node.owner === id);
  return owned.length
    ? owned.reduce((sum, node) => sum + leavesBelow(nodes, node.id), 0)
    : 1;
}

/** The upper edge of each depth, below the tallest box of the one before. */
function levelTops(nodes: readonly Node[]): number[] {
  const tops = [4];
  const deepest = Math.max(0, ...nodes.map((node) => node.depth));
  for (let depth = 0; depth < deepest; depth += 1) {
    const tallest = Math.max(
      ...nodes.filter((node) => node.depth === depth).map(heightOf),
    );
    tops.push((tops[depth] ?? 0) + tallest + 22);
  }
  return tops;
}

/** Owners left of what they own; the first column is the widest. */
function right(nodes: readonly Node[], width: number): Arrangement | undefined {
  const columns = Math.max(0, ...nodes.map((node) => node.depth)) + 1;
  const even = (width - 2 * pad + gap) / columns - gap;
  if (even < leastBeside) return undefined;
  const steep = even > 230 ? 0.4 : 0;
  const parts = Array.from(
    { length: columns },
    (_, i) => 1.2 - (steep * i) / Math.max(1, columns - 1),
  );
  const sum = parts.reduce((all, part) => all + part, 0);
  const wides = parts.map((part) => (even * columns * part) / sum);
  const ends = wides.map(() => 4);
  const boxes: Box[] = [];
  for (const node of nodes) {
    const owner = boxes.find((box) => box.id === node.owner);
    const y = Math.max(ends[node.depth] ?? 0, owner?.y ?? 0);
    const x = owner ? owner.x + owner.width + gap : pad;
    boxes.push({
      id: node.id,
      fields: node.fields,
      x,
      y,
      width: wides[node.depth] ?? even,
      height: heightOf(node),
    });
    ends[node.depth] = y + heightOf(node) + gap;
  }
  const edges = edgesOf(nodes, boxes, (owner, box) => {
    const from = owner.x + owner.width;
    const middle = box.x - 7;
    const [at, to] = [owner.y + 12, box.y + 12];
    return {
      path: `M${from} ${at}H${middle}V${to}H${box.x}`,
      head: `M${from} ${at}l9-5v10Z`,
    };
  });
  return { boxes, edges, width, height: bottomOf(boxes) };
}

/** What is owned under its owner and a little to the right, in columns. */
function outline(nodes: readonly Node[], width: number): Arrangement {
  const columns = Math.max(
    1,
    Math.min(3, Math.floor((width - 2 * pad + gap) / (outlineLeast + gap))),
  );
  const column = (width - 2 * pad + gap) / columns - gap;
  const whole = nodes.reduce((sum, node) => sum + heightOf(node) + 12, 0);
  const boxes: Box[] = [];
  let [at, y] = [0, 4];
  for (const node of nodes) {
    if (
      node.depth === 0 &&
      at < columns - 1 &&
      y + heightOf(node) / 2 > whole / columns
    )
      [at, y] = [at + 1, 4];
    const indent = Math.min(node.depth, 5) * 20;
    boxes.push({
      id: node.id,
      fields: node.fields,
      x: pad + at * (column + gap) + indent,
      y,
      width: column - indent,
      height: heightOf(node),
    });
    y += heightOf(node) + 12;
  }
  const edges = edgesOf(nodes, boxes, (owner, box) => {
    const x = owner.x + 9;
    const bottom = owner.y + owner.height;
    return {
      path: `M${x} ${bottom}V${box.y + 12}H${box.x}`,
      head: `M${x} ${bottom}l-5 9h10Z`,
    };
  });
  return { boxes, edges, width, height: bottomOf(boxes) };
}

function edgesOf(
  nodes: readonly Node[],
  boxes: readonly Box[],
  draw: (owner: Box, box: Box) => { path: string; head: string },
): Edge[] {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  return nodes.flatMap((node): Edge[] => {
    const owner = byId.get(node.owner ?? '');
    const box = byId.get(node.id);
    return owner && box ? [{ id: node.id, ...draw(owner, box) }] : [];
  });
}

function heightOf(node: Node): number {
  const { length } = node.fields;
  return title + length * fieldRow + (length ? 6 : 3);
}

function bottomOf(boxes: readonly Box[]): number {
  return Math.max(0, ...boxes.map((box) => box.y + box.height)) + 8;
}
