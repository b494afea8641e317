/**
 * The forms in which marks are reported, by name.
 */
import type { Graded } from '../../exercise/grade.ts';
import { paintFor } from '../terminal.ts';
import { classroom50, onlyOneSubmission } from './classroom50.ts';
import { csv } from './csv.ts';
import { exercism, onlyOneSolution } from './exercism.ts';
import { exerciseText } from './human.ts';
import { json, schemaOfJson } from './json.ts';
import { junit } from './junit.ts';
import { tap } from './tap.ts';

export { schemaOfJson };

export interface Reporter {
  /** The report; colours only if a person reads it at once. */
  readonly write: (graded: Graded, toTerminal: boolean) => string;
  /** @throws {Failure} when the form has no place for so much */
  readonly refuse?: (submissions: number, exercises: number) => void;
}

export const reporters: Readonly<Record<string, Reporter>> = {
  human: { write: human },
  json: { write: json },
  junit: { write: junit },
  tap: { write: tap },
  exercism: { write: exercism, refuse: onlyOneSolution },
  classroom50: { write: classroom50, refuse: onlyOneSubmission },
  csv: { write: csv },
};

function human({ submissions }: Graded, toTerminal: boolean): string {
  const paint = paintFor(toTerminal ? process.stdout : {});
  const blocks = submissions.map(({ name, exercises, points, score }) => {
    const own = exercises.map((one) => exerciseText(one, paint));
    const head = paint.strong(`${name}: ${score} of ${points} points`);
    return [head, ...own].join('\n\n');
  });
  return `${blocks.join('\n\n')}\n`;
}
