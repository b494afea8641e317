/**
 * The wire: what each side of a connection wrote, and what was read of it.
 */
import type { Row, WireView } from '../model.ts';
import type { Events } from './events.ts';
import { countTo, lastTo } from './lists.ts';
import type { Values } from './values.ts';

interface Write {
  readonly row: Row;
  readonly offset: number;
  readonly bytes: Uint8Array;
}

interface Side {
  readonly side: string;
  readonly rows: Row[];
  readonly writes: Write[];
  /** Rows at which the peer read, and how far it had read then. */
  readonly readRows: Row[];
  readonly readTo: Map<Row, number>;
}

export class Wires {
  readonly #sides = new Map<string, Side>();

  constructor(values: Values, events: Events) {
    const rows = ['bytes.connect', 'bytes.write', 'bytes.read'].flatMap(
      (kind) => events.of(kind),
    );
    for (const row of rows.sort((a, b) => a - b)) {
      const happening = events.at(row);
      if (happening === undefined) continue;
      const { kind, subject, fields, cause } = happening;
      const [name = '', at = '0'] = subject.split(' @');
      const ref = fields.get('bytes');
      const bytes = ref === undefined ? noBytes : bytesOf(values, ref);
      const offset = Number.parseInt(at, 10);
      if (kind === 'bytes.connect') {
        this.#side(name);
        this.#side(values.text(fields.get('peer')) ?? name);
      } else if (kind === 'bytes.write') {
        const side = this.#side(name);
        side.rows.push(row);
        side.writes.push({ row, offset, bytes });
      } else if (bytes.length > 0) {
        const [peer = ''] = events.at(cause)?.subject.split(' @') ?? [];
        const side = this.#side(peer);
        side.readRows.push(row);
        side.readTo.set(row, offset + bytes.length);
      }
    }
    this.#sides.delete('');
  }

  #side(name: string): Side {
    const known = this.#sides.get(name);
    if (known !== undefined) return known;
    const side: Side = {
      side: name,
      rows: [],
      writes: [],
      readRows: [],
      readTo: new Map(),
    };
    this.#sides.set(name, side);
    return side;
  }

  views(row: Row): WireView[] {
    return [...this.#sides.values()].map((side) => {
      const read = side.readTo.get(lastTo(side.readRows, row) ?? -1) ?? 0;
      const writes = side.writes
        .slice(0, countTo(side.rows, row))
        .map((write) => ({
          ...write,
          read: write.offset + write.bytes.length <= read,
        }));
      return { side: side.side, writes };
    });
  }
}

const noBytes = new Uint8Array(0);

/** The bytes that a value holds; none when it holds something else. */
export function bytesOf(values: Values, ref: number): Uint8Array {
  const value = values.value(ref);
  if (value === null || typeof value !== 'object' || !('bytes' in value)) {
    return noBytes;
  }
  const bytes = new Uint8Array(value.bytes.length / 2);
  for (let index = 0; index < bytes.length; index++) {
    const pair = value.bytes.slice(2 * index, 2 * index + 2);
    bytes[index] = Number.parseInt(pair, 16);
  }
  return bytes;
}
