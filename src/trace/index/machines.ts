/**
 * State machines: where each one stands at a row, and which edges it took.
 */
import type { MachineView, Row } from '../model.ts';
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
  readonly #values: Values;
  readonly #events: Events;
  readonly #machines: readonly Machine[];
  /** The first row of the way that a row continues. */
  readonly #starts = new Map<Row, Row>();
  readonly #ends = new Map<Row, Row>();
  /** Rows that leave the initial state without having come to it. */
  readonly #fresh = new Set<Row>();

  constructor(rows: Rows, values: Values, events: Events) {
    this.#values = values;
    this.#events = events;
    const machines = new Map<string, Machine>();
    const moved = events.of('state').map((row) => this.transition(row));
    for (const { name, states, initial } of rows.trace.machines) {
      const named = moved.filter(({ machine }) => machine === name);
      const objects = new Set(named.map(({ object }) => object));
      if (objects.size === 0) objects.add('');
      for (const object of objects) {
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
        machines.set(`${name} ${object}`, machine);
      }
    }
    for (const row of events.of('state')) this.#move(machines, row);
    this.#chain(rows);
    this.#machines = [...machines.values()];
  }

  /**
   * Finds states of one machine that follow one another in one frame, with
   * nothing else between them: they are one way.
   */
  #chain(rows: Rows): void {
    let last: Row = -1;
    for (const row of this.#events.steps) {
      const before = last;
      const isState = this.#events.at(row)?.kind === 'state';
      last = isState ? row : -1;
      if (before < 0 || !isState) continue;
      const [one, two] = [this.transition(before), this.transition(row)];
      const follows =
        one.machine === two.machine &&
        one.object === two.object &&
        one.to === two.from &&
        rows.frame(before) === rows.frame(row) &&
        rows.time(before) === rows.time(row);
      if (!follows) continue;
      const start = this.chainStart(before);
      this.#starts.set(row, start);
      this.#ends.set(start, row);
    }
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

  #move(machines: Map<string, Machine>, row: Row): void {
    const { machine: name, object, from, to } = this.transition(row);
    const machine = machines.get(`${name} ${object}`);
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
    return this.#machines.map((machine) => ({
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
