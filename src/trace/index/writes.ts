/**
 * Writes of bytes: what goes out in one piece, though in several buffers.
 *
 * A server may write the head of a frame and its payload one after the other.
 * Neither says anything alone, so they are told as one.
 */
import type { Row } from '../model.ts';
import { isMessage } from '../sentence/bytes.ts';
import { eachOf } from '../slices.ts';
import type { Work } from '../slices.ts';
import type { Events } from './events.ts';
import type { Rows } from './rows.ts';
import type { Values } from './values.ts';
import { bytesOf } from './wires.ts';

export class Writes {
  readonly #rows: Rows;
  readonly #values: Values;
  readonly #events: Events;
  readonly #bytes = new Map<Row, Uint8Array>();
  /** The row that a continued write began at. */
  readonly #starts = new Map<Row, Row>();

  constructor(rows: Rows, values: Values, events: Events) {
    this.#rows = rows;
    this.#values = values;
    this.#events = events;
  }

  read(): Work {
    const rows = this.#rows;
    let last: { row: Row; side: string } | undefined;
    return eachOf(this.#events.of('bytes.write'), (row) => {
      const happening = this.#events.at(row);
      const [side = ''] = happening?.subject.split(' @') ?? [];
      const own = bytesOf(this.#values, happening?.fields.get('bytes') ?? 0);
      const before =
        last?.side === side ? this.#bytes.get(last.row) : undefined;
      if (last !== undefined && before !== undefined) {
        const joined = concat(before, own);
        const goesOn =
          rows.time(last.row) === rows.time(row) &&
          rows.task(last.row) === rows.task(row) &&
          !isMessage(before) &&
          isMessage(joined);
        if (goesOn) {
          this.#starts.set(row, last.row);
          this.#bytes.set(last.row, joined);
          last = undefined;
          return;
        }
      }
      this.#bytes.set(row, own);
      last = { row, side };
    });
  }

  /** Where the piece begins that a write is part of. */
  start(row: Row): Row {
    return this.#starts.get(row) ?? row;
  }

  /** The bytes of a whole piece, by its first row. */
  bytes(row: Row): Uint8Array {
    return this.#bytes.get(row) ?? new Uint8Array(0);
  }
}

function concat(one: Uint8Array, two: Uint8Array): Uint8Array {
  const joined = new Uint8Array(one.length + two.length);
  joined.set(one);
  joined.set(two, one.length);
  return joined;
}
