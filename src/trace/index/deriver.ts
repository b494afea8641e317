/**
 * Reads the calls that `derive.ts` lists, each by those who know its family.
 */
import type { Row } from '../model.ts';
import type { Happening } from './events.ts';
import type { QueueModel } from './queues.ts';
import { QueueReader } from './queue-reader.ts';
import { ReportReader } from './report-reader.ts';
import type { Ground } from './ground.ts';

export type Meaning =
  | 'queue.add'
  | 'queue.get'
  | 'queue.done'
  | 'queue.addAfter'
  | 'queue.addRateLimited'
  | 'event'
  | 'log';

export class Deriver {
  readonly #found: Happening[] = [];
  readonly #queues: QueueReader;
  readonly #reports: ReportReader;

  constructor(ground: Ground) {
    this.#queues = new QueueReader(ground, this.#found);
    this.#reports = new ReportReader(ground, this.#found);
  }

  /** What was found, in order of rows. */
  get happenings(): readonly Happening[] {
    return this.#found;
  }

  get queues(): readonly QueueModel[] {
    return this.#queues.all;
  }

  /** An error leaves a function; somebody may be about to tell of it. */
  thrown(row: Row): void {
    this.#queues.thrown(row);
  }

  take(row: Row, meaning: Meaning): void {
    switch (meaning) {
      case 'queue.add':
      case 'queue.get':
      case 'queue.done':
        this.#queues.step(row, meaning);
        break;
      case 'queue.addAfter':
      case 'queue.addRateLimited':
        this.#queues.later(row, meaning);
        break;
      case 'event':
        this.#reports.event(row);
        break;
      case 'log':
        this.#reports.log(row);
        break;
    }
  }
}
