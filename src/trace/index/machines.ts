/**
 * State machines: where each one stands at a row, and which edges it took.
 */
import type { MachineView, Row } from '../model.ts';
import { eachOf } from '../slices.ts';
import type { Work } from '../slices.ts';
import type { Events } from './events.ts';
import { countTo, firstAfter } from './lists.ts';
import type { Rows } from './rows.ts';
import type { Values } from './values.ts';

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly rows: Row[];
}

interface Machine {
  readonly name: string;
  readonly object: string;
  readonly states: readonly string[];
  readonly initial: string;
  readonly rows: Row[];
  readonly entered: string[];
  readonly edges: Map<string, Edge>;
}

/** What a `state` row says. */
export interface Transition {
  readonly machine: string;
  readonly object: string;
  readonly from: string;
  readonly to: string;
}

export class Machines {
  readonly #rows: Rows;
  readonly #values: Values;
  readonly #events: Events;
  readonly #machines = new Map<string, Machine>();
  /** The first row of the way that a row continues. */
  readonly #starts = new Map<Row, Row>();
  readonly #ends = new Map<Row, Row>();
  /** Rows that leave the initial state without having come to it. */
  readonly #fresh = new Set<Row>();

  constructor(rows: Rows, values: Values, events: Events) {
    this.#rows = rows;
    this.#values = values;
    this.#events = events;
  }

  *read(): Work {
    const moves = this.#events.of('state');
    const moved = new Map<string, Set<string>>();
    yield* eachOf(moves, (row) => {
      const { machine, object } = this.transition(row);
      const objects = moved.get(machine) ?? new Set();
      moved.set(machine, objects.add(object));
    });
    this.#declare(moved);
    yield* eachOf(moves, (row) => {
      this.#move(row);
    });
    yield* this.#chain();
  }

  #declare(moved: ReadonlyMap<string, ReadonlySet<string>>): void {
    for (const { name, states, initial } of this.#rows.trace.machines) {
      for (const object of moved.get(name) ?? ['']) {
        const edges = new Map<string, Edge>();
        const machine: Machine = {
          name,
          object,
          states,
          initial,
          rows: [],
          entered: [],
          edges,
        };
        this.#machines.set(`${name} ${object}`, machine);
      }
    }
  }

  /**
   * Finds states of one machine that follow one another in one frame, with
   * nothing else between them: they are one way.
   */
  #chain(): Work {
    const rows = this.#rows;
    let last: Row = -1;
    return eachOf(this.#events.steps, (row) => {
      const before = last;
      const isState = this.#events.at(row)?.kind === 'state';
      last = isState ? row : -1;
      if (before < 0 || !isState) return;
      const [one, two] = [this.transition(before), this.transition(row)];
      const follows =
        one.machine === two.machine &&
        one.object === two.object &&
        one.to === two.from &&
        rows.frame(before) === rows.frame(row) &&
        rows.time(before) === rows.time(row);
      if (!follows) return;
      const start = this.chainStart(before);
      this.#starts.set(row, start);
      this.#ends.set(start, row);
    });
  }

  /** The first row of the way that a row is part of. */
  chainStart(row: Row): Row {
    return this.#starts.get(row) ?? row;
  }

  /** The state that a way, begun at a row, ends in. */
  chainEnd(row: Row): string {
    return this.transition(this.#ends.get(row) ?? row).to;
  }

  /** Whether a row leaves the state that a machine begins in. */
  isFresh(row: Row): boolean {
    return this.#fresh.has(row);
  }

  transition(row: Row): Transition {
    const fields = this.#events.at(row)?.fields;
    const text = (name: string): string =>
      this.#values.text(fields?.get(name)) ?? '';
    return {
      machine: text('machine'),
      object: text('object'),
      from: text('from'),
      to: text('to'),
    };
  }

  #move(row: Row): void {
    const { machine: name, object, from, to } = this.transition(row);
    const machine = this.#machines.get(`${name} ${object}`);
    if (machine === undefined) return;
    const start = from === '' ? machine.initial : from;
    const came = machine.entered.at(-1) === start;
    if (start === machine.initial && !came) this.#fresh.add(row);
    machine.rows.push(row);
    machine.entered.push(to);
    const key = `${start} ${to}`;
    const edge = machine.edges.get(key) ?? { from: start, to, rows: [] };
    edge.rows.push(row);
    machine.edges.set(key, edge);
  }

  views(row: Row): MachineView[] {
    return [...this.#machines.values()].map((machine) => ({
      name: machine.name,
      object: machine.object,
      states: machine.states,
      current:
        machine.entered[countTo(machine.rows, row) - 1] ?? machine.initial,
      edges: [...machine.edges.values()].map(({ from, to, rows }) => {
        const taken = countTo(rows, row);
        return {
          from,
          to,
          taken,
          total: rows.length,
          now: rows[taken - 1] === row,
          next: firstAfter(rows, row) ?? rows[0] ?? row,
        };
      }),
    }));
  }
}
