/**
 * Reads how a scenario wants its run to be looked at, and reports what
 * differs from the last reading.
 *
 * Readings are frequent and mostly find nothing new, so nothing is encoded or
 * kept before a difference is seen.
 */
import type {
  Machine,
  Slot,
  Thing,
  View,
  Watched,
} from '../../../runnable/scenarios/scenario.ts';

/** A difference, as the fields of an event. */
export interface Difference {
  readonly kind: 'state' | 'change' | 'thing' | 'slot';
  readonly subject: string;
  readonly gone?: boolean;
  readonly fields: Readonly<Record<string, unknown>>;
}

type Report = (difference: Difference) => void;

export class ViewReader {
  readonly #view: View;
  /** The state of each machine, by subject. */
  readonly #states = new Map<string, string>();
  readonly #watched = new Map<string, { text: string; value: unknown }>();
  #things = new Map<string, Thing>();
  #slots = new Map<string, Slot>();

  constructor(view: View) {
    this.#view = view;
  }

  read(report: Report): void {
    const { machines = [], watched = [], things, slots } = this.#view;
    for (const machine of machines) this.#readMachine(machine, report);
    for (const one of watched) this.#readWatched(one, report);
    if (things !== undefined) {
      this.#things = compare(
        this.#things,
        things(),
        thingKey,
        (thing, gone) => {
          report(thingDifference(thing, gone));
        },
      );
    }
    if (slots !== undefined) {
      this.#slots = compare(this.#slots, slots(), slotKey, (slot, gone) => {
        report(slotDifference(slot, gone));
      });
    }
  }

  /** Reports a machine's state, if it is another one than before. */
  enter(machine: Machine, object: string, to: string, report: Report): void {
    const subject = object === '' ? machine.name : `${machine.name} ${object}`;
    const from = this.#states.get(subject) ?? machine.initial;
    if (from === to) return;
    this.#states.set(subject, to);
    report({
      kind: 'state',
      subject,
      fields: { machine: machine.name, object, from, to },
    });
  }

  /** Puts a machine into its initial state, and reports nothing. */
  restart(machine: Machine): void {
    this.#states.delete(machine.name);
  }

  #readMachine(machine: Machine, report: Report): void {
    const state = machine.read?.();
    if (state !== undefined) this.enter(machine, '', state, report);
    if (machine.readEach === undefined) return;
    for (const [object, each] of machine.readEach()) {
      this.enter(machine, object, each, report);
    }
  }

  #readWatched(watched: Watched, report: Report): void {
    const value = watched.read();
    const last = this.#watched.get(watched.name);
    const isPlain = typeof value !== 'object' || value === null;
    if (last !== undefined && isPlain && last.value === value) return;
    const text = JSON.stringify([value]);
    if (last?.text === text) return;
    // Kept as a copy: the scenario may go on writing to the value it gave.
    const copy: unknown = isPlain ? value : (JSON.parse(text) as unknown[])[0];
    this.#watched.set(watched.name, { text, value: copy });
    // The first reading is what later ones are compared with.
    if (last === undefined) return;
    report({
      kind: 'change',
      subject: watched.name,
      fields: { before: last.value, after: copy },
    });
  }
}

/** Reports what is new, different or gone; returns what there is now. */
function compare<T extends Thing | Slot>(
  before: ReadonlyMap<string, T>,
  list: readonly T[],
  keyOf: (item: T) => string,
  report: (item: T, gone: boolean) => void,
): Map<string, T> {
  const now = new Map<string, T>();
  for (const item of list) {
    const key = keyOf(item);
    const old = before.get(key);
    if (old !== undefined && isEqual(old, item)) {
      now.set(key, old);
    } else {
      now.set(key, copyOf(item));
      report(item, false);
    }
  }
  for (const [key, old] of before) if (!now.has(key)) report(old, true);
  return now;
}

const thingKey = ({ kind, name }: Thing): string => `${kind}/${name}`;
const slotKey = ({ group, name }: Slot): string => `${group}/${name}`;

function thingDifference(thing: Thing, gone: boolean): Difference {
  const { kind, name, owner, fields } = thing;
  const owned = owner === undefined ? {} : { owner };
  return {
    kind: 'thing',
    subject: thingKey(thing),
    gone,
    fields: { kind, name, ...owned, fields: { ...fields } },
  };
}

function slotDifference(slot: Slot, gone: boolean): Difference {
  const { group, name, capacity, contents, note } = slot;
  return {
    kind: 'slot',
    subject: slotKey(slot),
    gone,
    fields: {
      group,
      name,
      ...(capacity === undefined ? {} : { capacity }),
      contents: [...contents],
      ...(note === undefined ? {} : { note }),
    },
  };
}

/** Whether two pieces of plain data are equal; at most three levels deep. */
function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((one, at) => isEqual(one, b[at]));
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => isEqual(a[key], b[key]))
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A copy that the scenario cannot write to any more. */
function copyOf<T extends Thing | Slot>(item: T): T {
  return 'fields' in item
    ? { ...item, fields: { ...item.fields } }
    : { ...item, contents: [...item.contents] };
}
