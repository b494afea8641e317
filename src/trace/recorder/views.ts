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
  readonly #things = new Listing(thingKind);
  readonly #slots = new Listing(slotKind);

  constructor(view: View) {
    this.#view = view;
  }

  read(report: Report): void {
    const { machines = [], watched = [], things, slots } = this.#view;
    for (const machine of machines) this.#readMachine(machine, report);
    for (const one of watched) this.#readWatched(one, report);
    if (things !== undefined) {
      this.#things.read(things(), (thing, gone) => {
        report(thingDifference(thing, gone));
      });
    }
    if (slots !== undefined) {
      this.#slots.read(slots(), (slot, gone) => {
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

/** The things, or the slots, of the last reading. */
class Listing<T> {
  readonly #kind: Kind<T>;
  #last: readonly T[] = [];

  constructor(kind: Kind<T>) {
    this.#kind = kind;
  }

  /** Reports what is new, different or gone since the last reading. */
  read(list: readonly T[], report: (item: T, gone: boolean) => void): void {
    const { copy, isSame, key } = this.#kind;
    const last = this.#last;
    const isStill = (item: T, at: number): boolean => {
      const old = last[at];
      return old !== undefined && isSame(old, item);
    };
    if (list.length === last.length && list.every(isStill)) return;
    const before = new Map(last.map((item) => [key(item), item]));
    this.#last = list.map((item) => {
      const old = before.get(key(item));
      before.delete(key(item));
      if (old !== undefined && isSame(old, item)) return old;
      report(item, false);
      return copy(item);
    });
    for (const old of before.values()) report(old, true);
  }
}

/** How items of a listing are told apart and compared. */
interface Kind<T> {
  readonly key: (item: T) => string;
  readonly isSame: (a: T, b: T) => boolean;
  /** A copy that the scenario cannot write to any more. */
  readonly copy: (item: T) => T;
}

const thingKind: Kind<Thing> = {
  key: (thing) => thingKey(thing),
  isSame: (a, b) =>
    a.kind === b.kind &&
    a.name === b.name &&
    a.owner === b.owner &&
    hasFields(a.fields, b.fields) &&
    hasFields(b.fields, a.fields),
  copy: (thing) => ({ ...thing, fields: { ...thing.fields } }),
};

const slotKind: Kind<Slot> = {
  key: (slot) => slotKey(slot),
  isSame: (a, b) =>
    a.group === b.group &&
    a.name === b.name &&
    a.capacity === b.capacity &&
    a.note === b.note &&
    a.contents.length === b.contents.length &&
    a.contents.every((item, at) => item === b.contents[at]),
  copy: (slot) => ({ ...slot, contents: [...slot.contents] }),
};

/** Whether `a` has every field of `b`, equal. */
function hasFields(a: Thing['fields'], b: Thing['fields']): boolean {
  for (const name in b) if (a[name] !== b[name]) return false;
  return true;
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
