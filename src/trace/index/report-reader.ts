/**
 * What the code says of itself: recorded events and lines of logs.
 */
import type { ValueRef } from '../format.ts';
import type { Row } from '../model.ts';
import { derived } from './events.ts';
import type { Happening } from './events.ts';
import type { Ground } from './ground.ts';
import { Objects } from './objects.ts';
import { messageText } from './texts.ts';

export class ReportReader {
  readonly #ground: Ground;
  readonly #objects: Objects;
  readonly #found: Happening[];
  /** The frame of the last report of each kind, which may call another. */
  readonly #outer = new Map<string, number>();

  /** @param found where to put what is found */
  constructor(ground: Ground, found: Happening[]) {
    this.#ground = ground;
    this.#found = found;
    this.#objects = new Objects(ground.values);
  }

  event(row: Row): void {
    const frame = this.#ground.rows.frame(row);
    if (this.#repeats('event', frame)) this.#found.pop();
    const [, object = 0, type = 0, reason = 0, text = 0, ...more] =
      this.#ground.frames.arguments(frame);
    const about = this.#objects.identify(object, row);
    const why = this.#ground.values.text(reason) ?? '';
    this.#found.push(
      derived(row, 'event', `${why} ${about?.kind ?? ''} ${about?.id ?? ''}`, {
        facts: {
          type: this.#ground.values.text(type) ?? '',
          reason: why,
          kind: about?.kind ?? '',
          name: about?.name ?? '',
          text: this.#formatted(text, more, row),
        },
      }),
    );
  }

  log(row: Row): void {
    const frame = this.#ground.rows.frame(row);
    if (this.#repeats('log', frame)) return;
    const [, text = 0, ...more] = this.#ground.frames.arguments(frame);
    const level = /(debug|info|warn|error|fatal|trace)/u.exec(
      this.#ground.frames.site(frame).symbol,
    );
    this.#found.push(
      derived(row, 'log', this.#logger(frame, row), {
        case: level?.[1] ?? '',
        facts: { text: this.#formatted(text, more, row) },
      }),
    );
  }

  /** Whether a call stands within the last one of the same meaning. */
  #repeats(meaning: string, frame: number): boolean {
    const outer = this.#outer.get(meaning) ?? -1;
    if (outer >= 0 && this.#ground.frames.within(frame, outer)) return true;
    this.#outer.set(meaning, frame);
    return false;
  }

  /** The text of a message: a finished one, or a format and its arguments. */
  #formatted(ref: ValueRef, more: readonly ValueRef[], row: Row): string {
    // A rest parameter comes as one list.
    const given = more.flatMap((one) => this.#ground.values.plain(one, row, 4));
    const shown = given.map(messageText);
    const text = messageText(this.#ground.values.plain(ref, row, 4));
    return text.replace(/%(%|[+#]?[a-z])/gu, (_, verb: string) => {
      if (verb === '%') return '%';
      const next = shown.shift() ?? '';
      return verb === 'q' ? JSON.stringify(next) : next;
    });
  }

  /** Whose log it is: the class of the caller, or the file it stands in. */
  #logger(frame: number, row: Row): string {
    const caller = this.#ground.frames.parent(frame);
    const [self = 0] = this.#ground.frames.arguments(frame);
    const named = this.#ground.values.text(
      this.#ground.values.get(self, 'name', row),
    );
    if (named !== undefined && named !== '') {
      return named.slice(named.lastIndexOf('.') + 1);
    }
    const { symbol, file } = this.#ground.frames.site(caller);
    const dot = symbol.indexOf('.');
    if (dot > 0) return symbol.slice(0, dot);
    const path = this.#ground.rows.trace.files[file]?.path ?? '';
    return path.slice(path.lastIndexOf('/') + 1).replace(/\.ts$/u, '');
  }
}
