/**
 * What the default sentences say: the arguments of each kind of step.
 */
import { describe } from './bytes.ts';
import { headlineOf } from './headline.ts';
import type { Piece } from './message.ts';
import {
  countPiece,
  errorPiece,
  kindText,
  namePiece,
  pieceOf,
  wordPiece,
} from './pieces.ts';
import { bytesOf } from '../index/wires.ts';
import { code } from '../index/rows.ts';
import { absent, durationText, pathText, shortened } from '../index/texts.ts';
import type { Happening } from '../index/events.ts';
import { briefly } from '../index/slots.ts';
import { isRecord } from '../index/values.ts';
import type { World } from '../index/world.ts';
import type { Row } from '../model.ts';

/** Arguments by name; a missing one is undefined. */
export type Details = (name: string) => Piece | undefined;

const durations = new Set(['ms', 'delay', 'waited', 'took']);

export class Detailer {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** Who acts at a row, with the article that belongs to it. */
  actor(row: Row): Piece {
    return this.lane(this.#world.lanes.of(row), this.#world.rows.task(row));
  }

  lane(lane: number, task: number): Piece {
    const noun = this.#world.lanes.views[lane]?.noun;
    if (noun !== undefined) return wordPiece(noun);
    const name = this.#world.rows.taskName(task);
    return name === '' ? wordPiece('the clock') : namePiece(name);
  }

  /** The arguments of a happening. */
  of(happening: Happening): Details {
    const { kind } = happening;
    return (name) => {
      if (name === 'actor') return this.actor(happening.row);
      const known =
        kind.startsWith('store.') || kind.startsWith('watch.')
          ? this.#stored(happening, name)
          : kind.startsWith('bytes.')
            ? this.#bytes(happening, name)
            : this.#plain(happening, name);
      return (
        known ?? this.#fact(happening, name) ?? this.#field(happening, name)
      );
    };
  }

  /** What was found out about a happening. */
  #fact({ facts }: Happening, name: string): Piece | undefined {
    const fact = facts[name];
    if (fact === undefined) return undefined;
    if (typeof fact === 'number') {
      return durations.has(name)
        ? wordPiece(durationText(fact))
        : countPiece(fact);
    }
    if (name === 'text') return wordPiece(fact);
    if (name === 'error') return errorPiece(fact === '' ? 'an error' : fact);
    return name === 'kind' ? wordPiece(kindText(fact)) : namePiece(fact);
  }

  /** What was recorded with it. */
  #field({ fields, row }: Happening, name: string): Piece | undefined {
    const ref = fields.get(name);
    if (ref === undefined) return undefined;
    const piece = pieceOf(this.#world, ref, row, name);
    // Who did not have to wait has waited for nothing.
    return name === 'waited' && piece.count === 0 ? undefined : piece;
  }

  #stored(happening: Happening, name: string): Piece | undefined {
    const [kind = '', path = ''] = happening.subject.split(' ');
    const differences = () =>
      this.#world.things.changed(`${kind}/${path}`, happening.row);
    switch (name) {
      case 'kind':
        return wordPiece(kindText(kind));
      case 'name':
        return namePiece(
          this.#world.severalNamespaces
            ? path
            : path.slice(path.lastIndexOf('/') + 1),
        );
      case 'headline':
        return wordPiece(headlineOf(differences()) ?? 'is as it was');
      case 'fields':
        return fieldNames(differences().map((one) => one.path));
      case 'verb':
        return wordPiece(this.#verb(happening));
      default:
        return undefined;
    }
  }

  #verb({ fields }: Happening): string {
    const verb = this.#world.values.text(fields.get('verb')) ?? '';
    const past: Readonly<Record<string, string>> = {
      ADDED: 'created',
      MODIFIED: 'changed',
      DELETED: 'deleted',
    };
    return past[verb] ?? verb;
  }

  #bytes(happening: Happening, name: string): Piece | undefined {
    if (name === 'peer') {
      const peer = this.#world.values.text(happening.fields.get('peer'));
      // Of several connections, a number tells the ends apart, not the servers.
      return wordPiece((peer ?? 'peer').replace(/-\d+$/u, ''));
    }
    if (name !== 'summary') return undefined;
    const { writes, values } = this.#world;
    const ref = happening.fields.get('bytes');
    if (ref === undefined) return undefined;
    const bytes =
      happening.kind === 'bytes.write'
        ? writes.bytes(happening.row)
        : bytesOf(values, ref);
    return wordPiece(describe(bytes).summary);
  }

  #plain(happening: Happening, name: string): Piece | undefined {
    const { kind, subject, fields, row } = happening;
    switch (name) {
      case 'chan':
        return kind.startsWith('chan.') ? namePiece(subject) : undefined;
      case 'task':
      case 'watched':
        return namePiece(subject);
      case 'machine':
        return kind === 'state' ? namePiece(this.#machine(row)) : undefined;
      case 'to':
        return kind === 'state'
          ? namePiece(this.#world.machines.chainEnd(row))
          : undefined;
      case 'what':
        return this.#value(fields.get('value'), row);
      case 'value':
        return this.#value(fields.get('after'), row);
      case 'cases':
        return this.#cases(fields.get('cases'), row);
      default:
        return undefined;
    }
  }

  /** A machine, and of which object it is when there are several. */
  #machine(row: Row): string {
    const { machine, object } = this.#world.machines.transition(row);
    return object === '' ? machine : `${machine} ${object}`;
  }

  #value(ref: number | undefined, row: Row): Piece | undefined {
    if (ref === undefined) return undefined;
    const data = this.#world.values.plain(ref, row, 3);
    if (data === undefined) return wordPiece('nothing');
    if (!isRecord(data)) return pieceOf(this.#world, ref, row);
    const label = briefly(data);
    return label === undefined
      ? pieceOf(this.#world, ref, row)
      : namePiece(label);
  }

  #cases(ref: number | undefined, row: Row): Piece | undefined {
    const list = ref === undefined ? [] : this.#world.values.plain(ref, row);
    if (!Array.isArray(list)) return undefined;
    const names = list.map((one) => {
      const text = String(one);
      return /^\d+ ms$/u.test(text)
        ? durationText(Number.parseInt(text, 10))
        : `\`${text}\``;
    });
    return wordPiece(names.join(' or '));
  }

  /** The arguments of a call, its end, or a line. */
  code(row: Row): Details {
    const { frames, rows, lanes } = this.#world;
    const frame = rows.frame(row);
    const { symbol } = frames.site(frame);
    const task = rows.task(row);
    const took = rows.time(row) - rows.time(frames.begin(frame));
    return (name) => {
      switch (name) {
        case 'actor':
          return this.actor(row);
        case 'caller':
          return this.lane(lanes.ofFrame(frames.parent(frame), task), task);
        case 'verb':
          return wordPiece(verbOf(symbol));
        case 'symbol':
          return namePiece(symbol);
        case 'what':
          return wordPiece(this.#argument(frame, row, ' '));
        case 'with':
          return wordPiece(this.#argument(frame, row, ' with '));
        case 'line':
          return wordPiece(String(rows.a(row)));
        case 'result':
          return wordPiece(this.#result(row, ' with '));
        case 'value':
          return wordPiece(this.#result(row, ' '));
        case 'after':
          return wordPiece(took > 0 ? ` after ${durationText(took)}` : '');
        case 'After':
          return took > 0
            ? wordPiece(`After ${durationText(took)}`)
            : undefined;
        case 'error':
          return errorPiece(pieceOf(this.#world, rows.a(row), row).text);
        default:
          return undefined;
      }
    };
  }

  /** The first argument, if it can be said in a few words. */
  #argument(frame: number, row: Row, joint: string): string {
    const [, first] = this.#world.frames.arguments(frame);
    return first === undefined ? '' : this.#brief(first, row, joint);
  }

  #result(row: Row, joint: string): string {
    const { rows } = this.#world;
    return rows.kind(row) === code.return
      ? this.#brief(rows.a(row), row, joint)
      : '';
  }

  #brief(ref: number, row: Row, joint: string): string {
    const { text, code: quoted } = pieceOf(this.#world, ref, row);
    if (/^(?:undefined|null|Object|Promise|<.*>|\{.*|\[.*)$/u.test(text)) {
      return '';
    }
    return `${joint}${quoted ? `\`${text}\`` : text}`;
  }
}

/** `createContainer` asks to "create container". */
function verbOf(symbol: string): string {
  const name = symbol.slice(symbol.lastIndexOf('.') + 1).replace(/^#/u, '');
  const words = name.replace(/([a-z0-9])([A-Z])/gu, '$1 $2').toLowerCase();
  return words.replace(/^on /u, 'handle ');
}

/** Two names at most, then how many more. */
function fieldNames(paths: readonly (readonly string[])[]): Piece {
  const names = paths.map((path) => `\`${shortened(pathText(path), 40)}\``);
  if (names.length === 0) return wordPiece(absent);
  const [first = '', second = ''] = names;
  if (names.length === 1) return wordPiece(first);
  if (names.length === 2) return wordPiece(`${first} and ${second}`);
  const rest = String(names.length - 2);
  return wordPiece(`${first}, ${second} and ${rest} more`);
}
