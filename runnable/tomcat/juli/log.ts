/**
 * Tomcat's log: lines with a level and the name of the class that wrote them.
 *
 * Some debug lines of the connector are evidence: they say which state each
 * pass of the connection handler ended in. They are kept word for word.
 *
 * @differs keeps its lines in a list, oldest first, and hands each to a sink
 */

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export interface LogLine {
  readonly level: LogLevel;
  /** The simple name of the class that logs. */
  readonly logger: string;
  readonly text: string;
}

/** Takes every line of one server, as a log file would. */
export interface LogSink {
  write(line: LogLine): void;
}

/** A sink that keeps its lines. */
export class LogLines implements LogSink {
  readonly lines: LogLine[] = [];

  write(line: LogLine): void {
    this.lines.push(line);
  }
}

/** The log of one class. */
export class Log {
  readonly name: string;
  readonly #sink: LogSink;

  constructor(name: string, sink: LogSink) {
    this.name = name;
    this.#sink = sink;
  }

  debug(text: string): void {
    this.#sink.write({ level: 'debug', logger: this.name, text });
  }

  info(text: string): void {
    this.#sink.write({ level: 'info', logger: this.name, text });
  }

  warn(text: string): void {
    this.#sink.write({ level: 'warn', logger: this.name, text });
  }

  error(text: string): void {
    this.#sink.write({ level: 'error', logger: this.name, text });
  }
}
