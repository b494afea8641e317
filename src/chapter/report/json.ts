/**
 * The internal result as it is, and its JSON Schema.
 */
import { gradeSchema } from '../../exercise/grade.ts';
import type { Graded } from '../../exercise/grade.ts';
import { listOf, object, oneOf } from '../schema/json-schema.ts';
import type { JsonSchema } from '../schema/json-schema.ts';

/** The whole document. */
export const json = (graded: Graded): string =>
  `${JSON.stringify(graded, undefined, 2)}\n`;

const text: JsonSchema = { type: 'string' };
const count: JsonSchema = { type: 'integer', minimum: 0 };
const flag: JsonSchema = { type: 'boolean' };

const check = object(
  {
    id: text,
    title: text,
    rule: text,
    hidden: flag,
    status: oneOf('passed', 'failed', 'error'),
    fault: oneOf(
      ...['syntax', 'error', 'rejection', 'deadlock', 'endless'],
      ...['timeout', 'memory', 'crash', 'missing'],
    ),
    score: count,
    points: count,
    message: text,
    expected: text,
    seen: text,
    at: object({ scenario: text, address: text }, ['scenario', 'address']),
    line: object({ file: text, line: count }, ['file', 'line']),
    output: text,
  },
  ['id', 'title', 'rule', 'hidden', 'status', 'score', 'points', 'message'],
);

const exercise = object(
  {
    id: text,
    title: text,
    kind: oneOf('fill', 'fix', 'extend', 'diagnose', 'predict'),
    passed: flag,
    score: count,
    points: count,
    checks: listOf(check),
  },
  ['id', 'title', 'kind', 'passed', 'score', 'points', 'checks'],
);

const submission = object(
  { name: text, score: count, points: count, exercises: listOf(exercise) },
  ['name', 'score', 'points', 'exercises'],
);

/** What `--report json` writes. */
export const schemaOfJson: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: gradeSchema,
  ...object(
    { schema: { const: gradeSchema }, submissions: listOf(submission) },
    ['schema', 'submissions'],
  ),
};
