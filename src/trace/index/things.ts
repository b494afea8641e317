/**
 * Things: API objects and what else the diagram of objects shows, with every
 * version they had.
 *
 * API objects come from the writes that the API server carried out. What a
 * cache knows is not shown here: it is always a little behind.
 */
import type { FieldView, Row, ThingView } from '../model.ts';
import { eachOf } from '../slices.ts';
import type { Work } from '../slices.ts';
import { differences, follow, same } from './documents.ts';
import type { Difference } from './documents.ts';
import { pathOf, shownFields } from './fields.ts';
import { writeKinds } from './events.ts';
import type { Events, Happening } from './events.ts';
import { countTo } from './lists.ts';
import { cut, isRecord } from './values.ts';
import type { Values } from './values.ts';

/** One state of a thing; `undefined` once it is gone. */
interface Version {
  readonly row: Row;
  readonly document: unknown;
}

interface Thing {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly declared: boolean;
  readonly rows: Row[];
  readonly versions: Version[];
  readonly fields: Map<number, readonly FieldView[]>;
}

/** A read tells what stood there before the first write, and no more. */
const kinds = ['store.get', ...writeKinds, 'thing'];

/** Whole documents that are read without a rest. */
const documentsAtOnce = 64;

export class Things {
  readonly #values: Values;
  readonly #events: Events;
  readonly #things = new Map<string, Thing>();

  constructor(values: Values, events: Events) {
    this.#values = values;
    this.#events = events;
  }

  read(): Work {
    const rows = kinds.flatMap((kind) => this.#events.of(kind));
    const inOrder = rows.sort((a, b) => a - b);
    const read = (row: Row): void => {
      const happening = this.#events.at(row);
      if (happening === undefined) return;
      if (happening.kind === 'thing') this.#declared(happening);
      else this.#stored(happening);
    };
    return eachOf(inOrder, read, documentsAtOnce);
  }

  #stored(happening: Happening): void {
    const { row, kind, subject, fields, case: variant } = happening;
    const [kindName = '', path = ''] = subject.split(' ');
    const object = fields.get('object');
    if (object === undefined || ['refused', 'unchanged'].includes(variant)) {
      return;
    }
    if (kind === 'store.get' && this.#things.has(`${kindName}/${path}`)) return;
    const gone = kind === 'store.delete' && ['', 'finished'].includes(variant);
    const document = gone ? undefined : this.#values.plain(object, row);
    const name = path.slice(path.lastIndexOf('/') + 1);
    this.#add(`${kindName}/${path}`, kindName, name, false, { row, document });
  }

  #declared(happening: Happening): void {
    const { row, fields } = happening;
    const text = (name: string): string =>
      this.#values.text(fields.get(name)) ?? '';
    const data = fields.get('fields');
    const owner = text('owner');
    const document =
      happening.case === 'gone' || data === undefined
        ? undefined
        : {
            ...(owner === '' ? {} : { owner }),
            fields: this.#values.plain(data, row),
          };
    const [kind, name] = [text('kind'), text('name')];
    this.#add(`${kind}/${name}`, kind, name, true, { row, document });
  }

  #add(
    id: string,
    kind: string,
    name: string,
    declared: boolean,
    version: Version,
  ): void {
    let thing = this.#things.get(id);
    if (thing === undefined) {
      const fields = new Map<number, readonly FieldView[]>();
      thing = { id, kind, name, declared, rows: [], versions: [], fields };
      this.#things.set(id, thing);
    }
    thing.rows.push(version.row);
    thing.versions.push(version);
  }

  views(row: Row): ThingView[] {
    return [...this.#things.values()].map((thing) => this.#view(thing, row));
  }

  #view(thing: Thing, row: Row): ThingView {
    const index = countTo(thing.rows, row) - 1;
    const version = thing.versions[index];
    const owner = this.#owner(thing, lastDocument(thing, index));
    return {
      id: thing.id,
      kind: thing.kind,
      name: thing.name,
      ...(owner === undefined ? {} : { owner }),
      state: stateOf(version),
      touched: version?.row === row,
      fields: index < 0 ? [] : this.#fields(thing, index, version?.row === row),
    };
  }

  #fields(thing: Thing, index: number, now: boolean): readonly FieldView[] {
    const key = now ? index : -1 - index;
    const known = thing.fields.get(key);
    if (known !== undefined) return known;
    const document = thing.versions[index]?.document;
    const before = now ? thing.versions[index - 1]?.document : document;
    const fields = thing.declared
      ? shownFields(
          '',
          follow(document, ['fields']),
          follow(before, ['fields']),
        )
      : shownFields(thing.kind, document, before);
    thing.fields.set(key, fields);
    return fields;
  }

  /** The thing that an owner reference, or a declared owner, leads to. */
  #owner(thing: Thing, document: unknown): string | undefined {
    if (thing.declared) {
      const owner = follow(document, ['owner']);
      if (typeof owner !== 'string') return undefined;
      if (this.#things.has(owner)) return owner;
      return [...this.#things.values()].find(
        ({ kind, name }) => `${kind}/${name}` === owner,
      )?.id;
    }
    const controller = controllerOf(document);
    if (controller === undefined) return undefined;
    const slash = thing.id.lastIndexOf('/');
    const space = thing.id.slice(thing.kind.length, slash);
    return [
      `${controller.kind}${space}/${controller.name}`,
      `${controller.kind}/${controller.name}`,
    ].find((id) => this.#things.has(id));
  }

  document(id: string, row: Row): unknown {
    const thing = this.#things.get(id);
    if (thing === undefined) return undefined;
    return clean(thing.versions[countTo(thing.rows, row) - 1]?.document);
  }

  /** What a write changed, compared with the version before it. */
  changed(id: string, row: Row): Difference[] {
    const thing = this.#things.get(id);
    if (thing === undefined) return [];
    const index = countTo(thing.rows, row) - 1;
    const version = thing.versions[index];
    if (version?.document === undefined || version.row !== row) return [];
    return differences(thing.versions[index - 1]?.document, version.document);
  }

  lastWriter(id: string, field: string, row: Row): Row | undefined {
    const thing = this.#things.get(id);
    if (thing === undefined) return undefined;
    const path = pathOf(thing.declared ? `fields.${field}` : field);
    let index = countTo(thing.rows, row) - 1;
    const value = (at: number): unknown =>
      follow(thing.versions[at]?.document, path);
    if (index < 0 || value(index) === undefined) return undefined;
    while (index > 0 && same(value(index - 1), value(index))) index -= 1;
    return thing.rows[index];
  }

  /** Namespaces of the API objects of the run. */
  get namespaces(): ReadonlySet<string> {
    const stored = [...this.#things.values()].filter((one) => !one.declared);
    const paths = stored.map(({ id, kind }) => id.slice(kind.length + 1));
    return new Set(
      paths.flatMap((path) => (path.includes('/') ? path.split('/', 1) : [])),
    );
  }

  /** Rows that changed a thing. */
  rows(id: string): readonly Row[] {
    return this.#things.get(id)?.rows ?? [];
  }
}

/** What stood in a thing's version, or before it when it was gone by then. */
function lastDocument({ versions }: Thing, index: number): unknown {
  let at = index;
  while (at > 0 && versions[at]?.document === undefined) at -= 1;
  return versions[at]?.document;
}

function stateOf(version: Version | undefined): ThingView['state'] {
  if (version === undefined) return 'future';
  if (version.document === undefined) return 'gone';
  const doomed = follow(version.document, ['metadata', 'deletionTimestamp']);
  return typeof doomed === 'string' ? 'deleting' : 'present';
}

export interface Controller {
  readonly kind: string;
  readonly name: string;
}

/** Who controls an object, by its owner references. */
export function controllerOf(document: unknown): Controller | undefined {
  const references = follow(document, ['metadata', 'ownerReferences']);
  if (!Array.isArray(references)) return undefined;
  const list: readonly unknown[] = references;
  const found = list.find((one) => isRecord(one) && one['controller'] === true);
  if (!isRecord(found)) return undefined;
  const kind = String(found['kind']);
  const core = found['apiVersion'] === 'v1' && kind === 'Service';
  return { kind: core ? `core/${kind}` : kind, name: String(found['name']) };
}

/** Plain data without marks of ours. */
function clean(value: unknown): unknown {
  if (value === cut) return '…';
  if (Array.isArray(value)) return value.map(clean);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, clean(one)]),
  );
}
