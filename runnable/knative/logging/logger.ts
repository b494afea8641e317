/**
 * The logger of Knative's controllers.
 *
 * A line has a level, the name of its logger and a text. Where lines go is
 * up to whoever made the logger; by default nowhere.
 *
 * @differs upstream hands the logger on in a context; here each controller
 *   holds its own
 */
import { sprintf } from '../../apiserver/sprintf.ts';

export type Level = 'debug' | 'info' | 'warn' | 'error';

export interface LogLine {
  readonly level: Level;
  readonly logger: string;
  readonly text: string;
}

/** A logger that formats as Go does, like zap's of the same name. */
export class SugaredLogger {
  readonly name: string;
  readonly #write: (line: LogLine) => void;

  constructor(name: string, write: (line: LogLine) => void = () => undefined) {
    this.name = name;
    this.#write = write;
  }

  /** A logger for a part of what this one is for: `controller.service`. */
  named(part: string): SugaredLogger {
    const name = this.name === '' ? part : `${this.name}.${part}`;
    return new SugaredLogger(name, this.#write);
  }

  debugf(format: string, ...args: readonly unknown[]): void {
    this.#log('debug', sprintf(format, ...args));
  }

  infof(format: string, ...args: readonly unknown[]): void {
    this.#log('info', sprintf(format, ...args));
  }

  warnf(format: string, ...args: readonly unknown[]): void {
    this.#log('warn', sprintf(format, ...args));
  }

  errorf(format: string, ...args: readonly unknown[]): void {
    this.#log('error', sprintf(format, ...args));
  }

  #log(level: Level, text: string): void {
    this.#write({ level, logger: this.name, text });
  }
}
