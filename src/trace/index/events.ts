/**
 * Happenings: what carries meaning in a run, by row.
 *
 * Most were emitted and recorded; the others are derived from calls. Both
 * look alike from here on.
 */
import { smallInteger } from '../format.ts';
import type { ValueRef } from '../format.ts';
import type { Change, Row } from '../model.ts';
import { eachOf } from '../slices.ts';
import type { Work } from '../slices.ts';
import { RowLists } from './lists.ts';
import type { Rows } from './rows.ts';

export type Facts = Readonly<Record<string, string | number>>;

export interface Happening {
  readonly row: Row;
  readonly kind: string;
  /** '' when the kind has no variant here. */
  readonly case: string;
  readonly subject: string;
  /** What was recorded with it. */
  readonly fields: ReadonlyMap<string, ValueRef>;
  /** What was found out about it later, as text or number. */
  readonly facts: Facts;
  readonly changes: readonly Change[];
  /** The row that caused it; -1 for none. */
  readonly cause: Row;
}

/** Rows of the view: they are drawn, and are no steps. */
export const drawn: ReadonlySet<string> = new Set(['thing', 'slot']);

/** What changes an object of the API server. */
export const writeKinds: ReadonlySet<string> = new Set([
  'store.create',
  'store.update',
  'store.updateStatus',
  'store.patch',
  'store.delete',
]);

const noFields: ReadonlyMap<string, ValueRef> = new Map();

/** A happening that was not recorded as such. */
export function derived(
  row: Row,
  kind: string,
  subject: string,
  more: Partial<Happening> = {},
): Happening {
  return {
    row,
    kind,
    case: '',
    subject,
    fields: noFields,
    facts: {},
    changes: [],
    cause: -1,
    ...more,
  };
}

export class Events {
  readonly #rows: Rows;
  readonly #byRow = new Map<Row, Happening>();
  readonly #byKind = new RowLists<string>();
  #steps: readonly Row[] = [];

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  read(): Work {
    const offsets = new Map<string, number>();
    return this.#rows.each('event', (row) => {
      this.#set(streamNamed(this.#decode(row), offsets));
    });
  }

  #decode(row: Row): Happening {
    const rows = this.#rows;
    const [subject = -1, variant = -1, ...pairs] = rows.list(rows.b(row));
    const fields = new Map<string, ValueRef>();
    for (let index = 0; index + 1 < pairs.length; index += 2) {
      fields.set(rows.string(pairs[index] ?? -1), pairs[index + 1] ?? 0);
    }
    return {
      row,
      kind: rows.trace.eventKinds[rows.a(row)] ?? '',
      case: variant < 0 ? '' : rows.string(variant),
      subject: rows.string(subject),
      fields,
      facts: {},
      changes: [],
      cause: rows.c(row),
    };
  }

  #set(happening: Happening): void {
    this.#byRow.set(happening.row, happening);
    this.#byKind.add(happening.kind, happening.row);
  }

  /** Adds what was derived from calls; in order of rows. */
  add(happenings: readonly Happening[]): void {
    for (const happening of happenings) this.#set(happening);
  }

  /** Finds the steps; to be done when everything was added. */
  *order(): Work {
    const steps: Row[] = [];
    yield* eachOf([...this.#byRow.values()], ({ row, kind }) => {
      if (!drawn.has(kind)) steps.push(row);
    });
    this.#steps = steps.sort((a, b) => a - b);
  }

  at(row: Row): Happening | undefined {
    return this.#byRow.get(row);
  }

  /** Rows of one kind, in order. */
  of(kind: string): readonly Row[] {
    return this.#byKind.get(kind);
  }

  /** Rows whose kind begins so, in order. */
  family(prefix: string): readonly Row[] {
    const kinds = [...this.#byKind.keys()].filter((kind) =>
      kind.startsWith(prefix),
    );
    return kinds.flatMap((kind) => this.of(kind)).sort((a, b) => a - b);
  }

  /** All rows that can be steps, in order. */
  get steps(): readonly Row[] {
    return this.#steps;
  }
}

/**
 * Names bytes as stories do: a blocked reader stands at an offset, and the
 * end of a stream is an event of its own.
 */
function streamNamed(
  happening: Happening,
  offsets: Map<string, number>,
): Happening {
  const { kind, subject } = happening;
  if (!kind.startsWith('bytes.')) return happening;
  const [side = '', at = ''] = subject.split(' @');
  if (kind === 'bytes.block') {
    return { ...happening, subject: `${side} @${offsets.get(side) ?? 0}` };
  }
  if (kind !== 'bytes.read') return happening;
  if (happening.case === 'eof') {
    return { ...happening, kind: 'bytes.eof', case: '', subject: side };
  }
  const start = Number.parseInt(at, 10);
  const read = happening.fields.get('n') ?? 0;
  offsets.set(side, start + integer(read));
  return happening;
}

function integer(ref: ValueRef): number {
  return ref < 0 ? smallInteger(ref) : 0;
}
