/**
 * The second line of a step: what changed, old → new.
 *
 * A write shows the fields that differ, a queue its contents, bytes what they
 * are, and a function that does not wait what it changed in its object and
 * its arguments. What folded into the step is added behind.
 */
import { CallChanges } from './call-changes.ts';
import { differences } from './index/documents.ts';
import type { Difference } from './index/documents.ts';
import type { Happening } from './index/events.ts';
import {
  absent,
  changesOf,
  clipped,
  dataText,
  isEmpty,
  pathText,
  timeText,
} from './index/texts.ts';
import { controllerOf } from './index/things.ts';
import { isRecord } from './index/values.ts';
import type { World } from './index/world.ts';
import type { Change, Row } from './model.ts';
import { describe } from './sentence/bytes.ts';

const lineWidth = 120;
/** A year; what is later is no moment of the run. */
const longestRun = 31_536_000_000;

export class Changes {
  readonly #world: World;
  readonly #calls: CallChanges;

  constructor(world: World) {
    this.#world = world;
    this.#calls = new CallChanges(world);
  }

  /**
   * @param attached rows that folded into the step and are told with it
   */
  of(row: Row, attached: readonly Row[]): Change[] {
    const happening = this.#world.events.at(row);
    const { machines } = this.#world;
    const way = attached.filter((one) => machines.chainStart(one) === row);
    const own =
      happening === undefined
        ? this.#calls.of(row)
        : happening.kind === 'state'
          ? [this.#moved([row, ...way])]
          : this.#ofEvent(happening);
    const others = attached.filter((one) => !way.includes(one));
    const all = [...own, ...others.flatMap((one) => this.#attached(one))];
    return all.map((change) => this.#timed(change));
  }

  /** Moments of the run, in milliseconds since 1970, read as its times. */
  #timed({ field, before, after }: Change): Change {
    const { start } = this.#world.trace;
    const timed = (text: string): string =>
      text.replace(/(?<![\w.-])\d{13}(?![\w.])/gu, (digits) => {
        const moment = Number(digits) - start;
        return moment >= 0 && moment < longestRun ? timeText(moment) : digits;
      });
    return {
      field,
      ...(before === undefined ? {} : { before: timed(before) }),
      after: timed(after),
    };
  }

  #ofEvent(happening: Happening): readonly Change[] {
    const { kind, subject, row } = happening;
    if (happening.changes.length > 0) return happening.changes;
    if (kind === 'store.create') return this.#created(row, subject);
    if (/^store\.(?:update|patch)/u.test(kind)) {
      const id = subject.replace(' ', '/');
      return changesOf(this.#world.things.changed(id, row));
    }
    if (kind === 'state') return [this.#moved([row])];
    if (kind === 'change') return this.#changed(happening);
    if (kind === 'bytes.write') {
      return [describe(this.#world.writes.bytes(row)).line];
    }
    return [];
  }

  /** What a new object is told apart by: labels, controller, spec. */
  #created(row: Row, subject: string): Change[] {
    const id = subject.replace(' ', '/');
    const document = this.#world.things.document(id, row);
    if (!isRecord(document)) return [];
    const { metadata, spec } = document;
    const labels = isRecord(metadata) ? metadata['labels'] : undefined;
    const owner = controllerOf(document);
    const found: Change[] = [];
    const fresh = (field: string, after: string): void => {
      found.push({ field, before: absent, after: clipped(after, lineWidth) });
    };
    const generation = isRecord(metadata) ? metadata['generation'] : undefined;
    if (owner === undefined && typeof generation === 'number') {
      fresh('metadata.generation', String(generation));
    }
    if (owner !== undefined && isRecord(labels)) {
      fresh('labels', labelText(labels));
    }
    if (owner !== undefined) {
      fresh('controller owner', `${owner.kind} ${owner.name}`);
    }
    const told = leaves(['spec'], spec).slice(0, 4 - found.length);
    return [
      ...found,
      ...told.map(({ path, after }) => ({
        field: pathText(path),
        before: absent,
        after: dataText(after),
      })),
    ];
  }

  /** Consecutive states of one machine read as one way. */
  #moved(rows: readonly Row[]): Change {
    const { machines } = this.#world;
    const moves = rows.map((row) => machines.transition(row));
    const [first] = moves;
    const fresh = machines.isFresh(rows[0] ?? -1) ? ' (initial)' : '';
    const which = first?.object === '' ? '' : ` ${first?.object ?? ''}`;
    const field = `${first?.machine ?? ''}${which}`;
    const way = moves.map(({ to }) => to).join(' → ');
    const from = first?.from ?? '';
    const before = from === '' ? absent : `${from}${fresh}`;
    return { field, before, after: way };
  }

  #changed({ subject, fields, row }: Happening): Change[] {
    const plain = (name: string): unknown => {
      const ref = fields.get(name);
      return ref === undefined ? undefined : this.#world.values.plain(ref, row);
    };
    const [before, after] = [plain('before'), plain('after')];
    if (isRecord(before) && isRecord(after)) {
      const found = differences(before, after).map((one) => ({
        ...one,
        path: [subject, ...one.path],
      }));
      return changesOf(found);
    }
    return [
      { field: subject, before: dataText(before), after: dataText(after) },
    ];
  }

  #attached(row: Row): readonly Change[] {
    const happening = this.#world.events.at(row);
    if (happening === undefined) return [];
    const { kind, facts } = happening;
    if (kind === 'event') {
      const text = clipped(String(facts['text']), lineWidth);
      const what = `${facts['type']} ${facts['reason']}`;
      return [{ field: 'event', after: `${what} "${text}"` }];
    }
    if (kind === 'log') {
      return [
        { field: 'log', after: clipped(String(facts['text']), lineWidth) },
      ];
    }
    return kind === 'state' || kind === 'change'
      ? this.#ofEvent(happening)
      : [];
  }
}

function labelText(labels: Readonly<Record<string, unknown>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(', ');
}

/** What a spec says, without the records that only hold one another. */
function leaves(path: readonly string[], value: unknown): Difference[] {
  if (value === undefined || isEmpty(value)) return [];
  const leaf = [{ path, before: undefined, after: value }];
  if (!isRecord(value) || 'image' in value) return leaf;
  return Object.entries(value).flatMap(([key, one]) =>
    leaves([...path, key], one),
  );
}
