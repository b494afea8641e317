/**
 * The views of the page as lines of text: lanes, objects, states, queues and
 * the wire, at one moment.
 */
import { opcodeName, partsOf, summaryOf } from '../../player/draw/wire.ts';
import type { WirePart } from '../../player/draw/wire.ts';
import { momentsOf } from '../../player/places.ts';
import type { State, View } from '../../player/state.ts';
import { timeText } from '../../trace/index/texts.ts';
import type {
  FieldView,
  MachineView,
  SlotView,
  ThingView,
  TraceModel,
  WireView,
} from '../../trace/model.ts';
import { line, pad } from './text.ts';
import type { Line } from './text.ts';

/** The lines of a view; `rows` is how many there is room for. */
export function paneLines(
  view: View,
  model: TraceModel,
  state: State,
  rows: number,
): Line[] {
  const { objects, slots, states, wire } = momentsOf(
    model,
    state.level,
    state.n,
  );
  switch (view) {
    case 'lanes':
      return laneLines(model, state, rows);
    case 'objects':
      return objectLines(model.things(objects));
    case 'states':
      return model.machines(states).flatMap(machineLines);
    case 'queues':
      return model.slots(slots).map(slotLine);
    case 'wire':
      return model.wires(wire).flatMap((one) => wireLines(one, rows));
    default:
      return [];
  }
}

/** The steps around the cursor, each with its actor. */
function laneLines(
  model: TraceModel,
  { level, n }: State,
  rows: number,
): Line[] {
  const count = model.count(level);
  const from = Math.max(1, Math.min(n - (rows >> 1), count - rows + 1));
  const wide = Math.max(0, ...model.lanes.map(({ id }) => id.length));
  const lines: Line[] = [];
  for (let at = from; at <= count && lines.length < rows; at++) {
    const { time, lane, label } = model.step(level, at);
    const who = pad(model.lanes[lane]?.id ?? '', Math.min(wide, 16));
    const sign = at === n ? '▶' : ' ';
    const text = `${sign} ${String(at).padStart(4)} ${timeText(time).padStart(9)}  ${who}  ${label}`;
    lines.push(line(text, at === n ? 'strong' : 'plain'));
  }
  return lines;
}

/** Those that this step touched first, then the others. */
function objectLines(things: readonly ThingView[]): Line[] {
  const there = things.filter(
    ({ state, touched }) =>
      touched || state === 'present' || state === 'deleting',
  );
  return [...there]
    .sort((a, b) => Number(b.touched) - Number(a.touched))
    .flatMap((thing) => {
      const { kind, name, state, touched, owner, fields } = thing;
      const sign = state === 'gone' ? '-' : touched ? '*' : ' ';
      const more = state === 'present' ? '' : ` (${state})`;
      const whose = owner === undefined ? '' : `  owned by ${owner}`;
      const head = line(
        `${sign} ${kind} ${name}${more}${whose}`,
        touched ? 'strong' : 'plain',
      );
      const quiet = fields.filter(({ before }) => before === undefined);
      const rest = quiet.map(fieldText).join('; ');
      return [
        head,
        ...fields
          .filter(({ before }) => before !== undefined)
          .map((field) => line(`    ${fieldText(field)}`, 'strong')),
        ...(rest === '' ? [] : [line(`    ${rest}`, 'faint')]),
      ];
    });
}

const fieldText = ({ name, value, before }: FieldView): string =>
  before === undefined ? `${name} ${value}` : `${name} ${before} → ${value}`;

function machineLines({
  name,
  object,
  current,
  edges,
  states,
}: MachineView): Line[] {
  const title = object === '' ? name : `${name} ${object}`;
  const all = states.map((state) => (state === current ? `[${state}]` : state));
  return [
    line(`${title}: ${all.join(' · ')}`, 'strong'),
    ...edges.map(({ from, to, taken, total, now }) =>
      line(
        `${now ? '▶' : ' '} ${from} → ${to}  taken ${String(taken)} of ${String(total)}`,
        now ? 'strong' : taken > 0 ? 'plain' : 'faint',
      ),
    ),
  ];
}

function slotLine(slot: SlotView): Line {
  const { group, name, capacity, contents, before, waiting, note } = slot;
  const list = (items: readonly string[]): string => `[${items.join(', ')}]`;
  const title = name.startsWith(group) ? name : `${group} ${name}`;
  const room =
    capacity === undefined
      ? ''
      : ` (${String(contents.length)} of ${String(capacity)})`;
  const text = [
    `${before === undefined ? ' ' : '*'} ${title}${room}`,
    before === undefined
      ? list(contents)
      : `${list(before)} → ${list(contents)}`,
    ...(note === undefined || note === '' ? [] : [note]),
    ...(waiting.length === 0 ? [] : [`${waiting.join(', ')} waits`]),
  ].join('  ');
  return line(text, before === undefined ? 'plain' : 'strong');
}

/** The last parts of what a side has written. */
function wireLines({ side, writes }: WireView, rows: number): Line[] {
  const bytes = Uint8Array.from(writes.flatMap((one) => [...one.bytes]));
  const unread = writes.filter(({ read }) => !read).length;
  const writing = unread === 1 ? 'write' : 'writes';
  const state =
    unread === 0 ? '' : `, ${String(unread)} ${writing} not read yet`;
  const head = line(`${side}: ${String(bytes.length)} bytes${state}`, 'strong');
  const parts = partsOf(bytes).map((part) =>
    line(`  ${partText(part, bytes)}`),
  );
  return [head, ...parts.slice(-Math.max(2, (rows >> 1) - 1))];
}

function partText(part: WirePart, bytes: Uint8Array): string {
  if (part.kind === 'head') return part.lines.filter(Boolean).join(' | ');
  if (part.kind === 'frame') {
    const masked = part.key.length === 4 ? ', masked' : '';
    const last = part.fin ? '' : ', more follows';
    return `${opcodeName(part.opcode)} ${summaryOf(part)}${masked}${last}`;
  }
  const raw = bytes.subarray(part.start, Math.min(part.end, part.start + 24));
  return [...raw].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
