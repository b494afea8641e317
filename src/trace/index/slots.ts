/**
 * Slots: queues, channels and timers, and what they hold at a row.
 *
 * What the scenario declares comes first. Work queues and channels that it
 * does not declare are shown as the trace knows them.
 */
import type { Row, SlotView } from '../model.ts';
import { eachOf } from '../slices.ts';
import type { Work } from '../slices.ts';
import type { Events } from './events.ts';
import { countTo, lastTo, RowLists } from './lists.ts';
import type { QueueModel } from './queues.ts';
import { dataText } from './texts.ts';
import { isRecord } from './values.ts';
import type { Values } from './values.ts';
import type { Wait } from './waits.ts';

type State = Omit<SlotView, 'group' | 'name' | 'before' | 'waiting'>;

interface Slot {
  readonly group: string;
  readonly name: string;
  readonly rows: Row[];
  readonly states: (State | undefined)[];
}

export class Slots {
  readonly #slots = new Map<string, Slot>();
  readonly #waits = new RowLists<string>();
  readonly #waitAt = new Map<Row, Wait>();
  readonly #waiters = new Map<string, Set<string>>();
  readonly #values: Values;
  readonly #events: Events;
  readonly #nameOf: (task: number) => string;

  constructor(
    values: Values,
    events: Events,
    nameOf: (task: number) => string,
  ) {
    this.#values = values;
    this.#events = events;
    this.#nameOf = nameOf;
  }

  *read(queues: readonly QueueModel[], waits: readonly Wait[]): Work {
    yield* eachOf(this.#events.of('slot'), (row) => {
      this.#declared(row);
    });
    const declared = new Set(
      [...this.#slots.values()].flatMap(({ group, name }) => [group, name]),
    );
    for (const queue of queues) {
      if (!declared.has(queue.name)) this.#queue(queue);
    }
    yield* this.#channels(declared);
    const inOrder = [...waits].sort((a, b) => a.from - b.from);
    yield* eachOf(inOrder, (wait) => {
      this.#wait(wait);
    });
  }

  #put(group: string, name: string, row: Row, state: State | undefined): void {
    const id = `${group} ${name}`;
    let slot = this.#slots.get(id);
    if (slot === undefined) {
      slot = { group, name, rows: [], states: [] };
      this.#slots.set(id, slot);
    }
    slot.rows.push(row);
    slot.states.push(state);
  }

  #declared(row: Row): void {
    const happening = this.#events.at(row);
    if (happening === undefined) return;
    const data = Object.fromEntries(
      [...happening.fields].map(([name, ref]) => [
        name,
        this.#values.plain(ref, row),
      ]),
    );
    const { group, name, capacity, contents, note } = data;
    const state: State = {
      contents: Array.isArray(contents) ? contents.map(String) : [],
      ...(typeof capacity === 'number' ? { capacity } : {}),
      ...(typeof note === 'string' ? { note } : {}),
    };
    const gone = happening.case === 'gone';
    this.#put(String(group), String(name), row, gone ? undefined : state);
  }

  #queue({ name, contents }: QueueModel): void {
    for (const { row, queue, dirty, processing } of contents) {
      this.#put(name, 'queue', row, { contents: queue });
      this.#put(name, 'dirty', row, { contents: dirty });
      this.#put(name, 'processing', row, { contents: processing });
    }
  }

  #channels(declared: ReadonlySet<string>): Work {
    const values = this.#values;
    const held = new Map<string, string[]>();
    const capacities = new Map<string, number>();
    return eachOf(this.#events.family('chan.'), (row) => {
      const happening = this.#events.at(row);
      if (happening === undefined || declared.has(happening.subject)) return;
      const { kind, subject, fields } = happening;
      const number = (name: string): number => {
        const ref = fields.get(name);
        const value = ref === undefined ? undefined : values.value(ref);
        return typeof value === 'number' ? value : 0;
      };
      const contents = [...(held.get(subject) ?? [])];
      const ref = fields.get('value');
      if (fields.has('capacity')) {
        capacities.set(subject, number('capacity'));
      }
      if (kind === 'chan.send' && number('held') > contents.length) {
        contents.push(ref === undefined ? '' : labelOf(values.plain(ref, row)));
      }
      while (kind === 'chan.recv' && contents.length > number('held')) {
        contents.shift();
      }
      held.set(subject, contents);
      const capacity = capacities.get(subject);
      this.#put('channels', subject, row, {
        contents,
        ...(capacity === undefined ? {} : { capacity }),
        ...(kind === 'chan.close' ? { note: 'closed' } : {}),
      });
    });
  }

  #wait(wait: Wait): void {
    const { subject, task, from } = wait;
    if (subject === '') return;
    const waiter = `${subject} ${task}`;
    this.#waits.add(waiter, from);
    this.#waitAt.set(from, wait);
    const known = this.#waiters.get(subject) ?? new Set();
    this.#waiters.set(subject, known.add(waiter));
  }

  #waiting(name: string, row: Row): string[] {
    const found: string[] = [];
    for (const waiter of this.#waiters.get(name) ?? []) {
      const from = lastTo(this.#waits.get(waiter), row);
      const wait = from === undefined ? undefined : this.#waitAt.get(from);
      if (wait !== undefined && (wait.to < 0 || wait.to > row)) {
        found.push(this.#nameOf(wait.task));
      }
    }
    return [...new Set(found)];
  }

  views(row: Row): SlotView[] {
    return [...this.#slots.values()].flatMap((slot) => {
      const index = countTo(slot.rows, row) - 1;
      const state = slot.states[index];
      if (state === undefined) return [];
      const now = slot.rows[index] === row;
      const before = slot.states[index - 1]?.contents ?? [];
      const changed = now && before.join('\n') !== state.contents.join('\n');
      return [
        {
          group: slot.group,
          name: slot.name,
          ...state,
          ...(changed ? { before } : {}),
          waiting: this.#waiting(slot.name, row),
        },
      ];
    });
  }
}

/** A word or two for a value in a channel. */
function labelOf(value: unknown): string {
  return (isRecord(value) ? briefly(value) : undefined) ?? dataText(value, 32);
}

/** The field of a record, or within one, that says best what it is. */
export function briefly(
  value: Readonly<Record<string, unknown>>,
  inward = true,
): string | undefined {
  const { metadata } = value;
  for (const source of [value, isRecord(metadata) ? metadata : {}]) {
    for (const key of [
      'updateType',
      'type',
      'name',
      'key',
      'op',
      'podUID',
      'id',
    ]) {
      const found = source[key];
      if (typeof found === 'string') return found;
    }
  }
  if (!inward) return undefined;
  for (const inner of Object.values(value)) {
    const found = isRecord(inner) ? briefly(inner, false) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
