/**
 * Addresses: names of steps that survive a rebuild.
 *
 * `<kind> <subject> [#k]`; `#k` counts equal addresses in the whole trace,
 * folded ones included, so no level of detail changes an address.
 */
import { drawn } from './index/events.ts';
import { countTo, RowLists } from './index/lists.ts';
import { code } from './index/rows.ts';
import type { Visits } from './index/visits.ts';
import type { World } from './index/world.ts';
import type { Row } from './model.ts';
import { each, finish } from './slices.ts';
import type { Work } from './slices.ts';
import type { Speaker } from './sentence/speaker.ts';
import { tagsOf } from './sentence/tags.ts';

const words: Readonly<Record<number, string>> = {
  [code.call]: 'call',
  [code.return]: 'return',
  [code.throw]: 'throw',
};

/** What could not be done at once is not counted with what was done. */
const attempts: Readonly<Record<string, string>> = {
  block: ' empty',
  full: ' full',
};

export class Addresses {
  readonly #world: World;
  readonly #speaker: Speaker;
  readonly #visits: Visits;
  /** By site; '' for what is never a step. */
  readonly #names: readonly string[];
  /** By site: whether its function has a key of its own. */
  readonly #keyed: readonly boolean[];
  /** Rows by address without its count. */
  #lists: RowLists<string> | undefined;

  constructor(world: World, speaker: Speaker, visits: Visits) {
    this.#world = world;
    this.#speaker = speaker;
    this.#visits = visits;
    this.#names = siteNames(world);
    this.#keyed = world.trace.sites.map(({ story }) =>
      tagsOf(story).some(({ form }) => form === 'as'),
    );
  }

  /** Finds all addresses; done at the first question if not before. */
  *read(): Work {
    const { rows } = this.#world;
    const lists = new RowLists<string>();
    yield* each(rows.count, (row) => {
      const kind = rows.kind(row);
      if (kind !== code.event && words[kind] === undefined) return;
      const base = this.#base(row);
      if (base !== '') lists.add(base, row);
    });
    this.#lists = lists;
  }

  get #rows(): RowLists<string> {
    if (this.#lists === undefined) finish(this.read());
    return this.#lists ?? new RowLists();
  }

  /** The address of a row itself; undefined for one that cannot be a step. */
  own(row: Row): string | undefined {
    const base = this.#base(row);
    if (base === '') return undefined;
    const list =
      this.#world.rows.kind(row) === code.line
        ? this.#lineRows(base)
        : this.#rows.get(base);
    const count = countTo(list, row);
    return count === 1 ? base : `${base} #${count}`;
  }

  /** The address of the step that a row belongs to. */
  of(row: Row): string {
    const { rows } = this.#world;
    const task = rows.task(row);
    for (const same of [true, false]) {
      for (let at = row; at >= 0; at--) {
        if (same && rows.task(at) !== task) continue;
        const address = this.own(at);
        if (address !== undefined) return address;
      }
    }
    return '';
  }

  /** The row that an address names. */
  row(address: string): Row | undefined {
    const [, base = address, count = '1'] =
      /^(.*?)(?: #(\d+))?$/u.exec(address.trim()) ?? [];
    const list = base.startsWith('line ')
      ? this.#lineRows(base)
      : this.#rows.get(base);
    return list[Number(count) - 1];
  }

  /** All addresses without their counts. */
  get bases(): readonly string[] {
    return [...this.#rows.keys()];
  }

  /** How often an address without its count occurs. */
  count(base: string): number {
    return this.#rows.get(base).length;
  }

  #base(row: Row): string {
    const { events, rows, frames, trace } = this.#world;
    const happening = events.at(row);
    if (happening !== undefined) {
      const { kind, subject } = happening;
      if (drawn.has(kind)) return '';
      const full = `${kind} ${this.#subject(row, kind, subject)}`.trimEnd();
      const state = kind.startsWith('chan.') ? attempts[happening.case] : '';
      return `${full}${state ?? ''}`;
    }
    const kind = rows.kind(row);
    const frame = rows.frame(row);
    if (kind === code.line) {
      const { file } = frames.site(frame);
      return `line ${trace.files[file]?.path ?? ''}:${rows.a(row)}`;
    }
    const site = frames.siteIndex(frame);
    const name = this.#names[site] ?? '';
    const word = words[kind];
    if (word === undefined || name === '') return '';
    const key = this.#keyed[site] === true ? this.#speaker.key(frame) : '';
    return key === '' ? `${word} ${name}` : `${word} ${name} ${key}`;
  }

  /**
   * What has no subject of its own is named by the task; a machine's event is
   * named by the state that it brings.
   */
  #subject(row: Row, kind: string, subject: string): string {
    if (kind === 'state') {
      const { machine, object, to } = this.#world.machines.transition(row);
      return [machine, object, to].filter((word) => word !== '').join(' ');
    }
    if (subject !== '') return subject;
    return this.#world.rows.taskName(this.#world.rows.task(row));
  }

  #lineRows(base: string): readonly Row[] {
    const colon = base.lastIndexOf(':');
    const path = base.slice('line '.length, colon);
    const file = this.#world.trace.files.findIndex((one) => one.path === path);
    return this.#visits.of(file, Number(base.slice(colon + 1)));
  }
}

/** Modules and functions without a name are never steps. */
export function isHidden(symbol: string): boolean {
  return symbol === '' || /<|(?:^|\.)func\d+(?:\.|$)/u.test(symbol);
}

/** `Class.method`, or `module/symbol` where two sites share a symbol. */
function siteNames({ trace }: World): string[] {
  const stem = (file: number): string => {
    const path = trace.files[file]?.path ?? '';
    return path.slice(path.lastIndexOf('/') + 1).replace(/\.ts$/u, '');
  };
  const uses = new Map<string, Set<number>>();
  const unhidden = trace.sites.filter(({ symbol }) => !isHidden(symbol));
  for (const { symbol, file } of unhidden) {
    uses.set(symbol, (uses.get(symbol) ?? new Set()).add(file));
  }
  return trace.sites.map(({ symbol, file }) => {
    if (isHidden(symbol)) return '';
    if ((uses.get(symbol)?.size ?? 0) < 2) return symbol;
    const stems = [...(uses.get(symbol) ?? [])].map(stem);
    const unique = stems.filter((one) => one === stem(file)).length === 1;
    if (unique) return `${stem(file)}/${symbol}`;
    const parts = (trace.files[file]?.path ?? '').split('/').slice(-2, -1);
    return `${parts.join('/')}/${stem(file)}/${symbol}`;
  });
}
