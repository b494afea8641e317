/**
 * Reads the scenario's view when something may have changed what it shows.
 *
 * The view's own code is instrumented like any other; while it is read nothing
 * of it is recorded.
 */
import type { Machine, View } from '../../../runnable/scenarios/scenario.ts';
import type { Frame } from './frame.ts';
import { ViewReader } from './views.ts';
import type { Difference } from './views.ts';
import { wide } from './writer.ts';
import type { Writer } from './writer.ts';

/** The view of one run; shows nothing until it is started. */
export class ViewWatch {
  readonly #writer: Writer;
  #reader: ViewReader | undefined;
  /** Whether the code that runs now is the view's. */
  isReading = false;

  constructor(writer: Writer) {
    this.#writer = writer;
  }

  start(view: View): void {
    this.#reader = new ViewReader(view);
    this.read();
  }

  /** Writes what differs from the last reading, after the row that did it. */
  read(): void {
    const writer = this.#writer;
    const { touched, toucher, acting } = writer;
    writer.touched = -1;
    if (this.#reader === undefined || writer.failure !== undefined) return;
    this.isReading = true;
    try {
      this.#reader.read((difference) => {
        this.#write(difference, toucher, touched);
      });
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      const failure = `Cannot read the view of the scenario: ${text}`;
      writer.stop(new Error(failure, { cause: error }));
    } finally {
      this.isReading = false;
      writer.acting = acting;
      writer.touched = -1;
    }
  }

  /** A machine that follows a variable got a new value in `row`. */
  enter(
    machine: Machine,
    state: string,
    frame: Frame | undefined,
    row: number,
  ): void {
    this.#reader?.enter(machine, '', state, (difference) => {
      this.#write(difference, frame, row);
    });
  }

  /** A machine that follows a variable is in its initial state again. */
  restart(machine: Machine): void {
    this.#reader?.restart(machine);
  }

  #write(
    difference: Difference,
    frame: Frame | undefined,
    cause: number,
  ): void {
    const { gone, ...rest } = difference;
    const variant = gone === true ? 'gone' : undefined;
    this.#writer.event({ ...rest, case: variant, cause }, frame, wide);
  }
}
