/**
 * What an exercise is: the public half, as `exercise.yaml` holds it beside its
 * chapter. Solutions, keys and hidden checks stand in `content/solutions/`.
 */
import { YamlError, parseYaml } from '../ports/yaml.ts';
import { faultOf, misfit } from '../chapter/schema/check.ts';
import type { JsonSchema } from '../chapter/schema/json-schema.ts';

export const kinds = ['fill', 'fix', 'extend', 'diagnose', 'predict'] as const;
export type Kind = (typeof kinds)[number];

export const hintNames = ['idea', 'place', 'trace'] as const;

/** A question of an exercise that is answered in words, not in code. */
export interface Question {
  readonly id: string;
  readonly ask: string;
  /** An address, a line of `file`, or the letter of an option. */
  readonly answer: 'step' | 'line' | 'choice';
  readonly points: number;
  /** The sentence that a right answer rests on. */
  readonly rule: string;
  readonly file?: string;
  readonly options?: Readonly<Record<string, string>>;
  /** The right step is the one of the story that follows this address. */
  readonly after?: string;
}

/** An exercise, without anything that gives it away. */
export interface Exercise {
  /** `kubelet/02-pod-workers/parking`. */
  readonly id: string;
  /** `kubelet/02-pod-workers`. */
  readonly chapter: string;
  readonly slug: string;
  readonly kind: Kind;
  readonly title: string;
  readonly minutes: number;
  /** The sum of its checks' points. */
  readonly points: number;
  /** The scenario that its checks run, unless they name another. */
  readonly scenario: string;
  /** The file that the student edits, below `runnable/`. */
  readonly file?: string;
  /** The function that is cut out, or that the student is to look at. */
  readonly symbol?: string;
  /** `file symbol` of what is shown beside the questions. */
  readonly show: readonly string[];
  readonly questions: readonly Question[];
  readonly hints: Readonly<Record<(typeof hintNames)[number], string>>;
}

/** Whether the student answers questions instead of writing code. */
export const isAnswered = ({ kind }: Pick<Exercise, 'kind'>): boolean =>
  kind === 'diagnose' || kind === 'predict';

/** The name of the file that the student works in. */
export const workFile = ({ file = '', kind }: Exercise): string =>
  isAnswered({ kind }) ? 'answer.yaml' : file.slice(file.lastIndexOf('/') + 1);

const text: JsonSchema = { type: 'string', minLength: 1 };
const whole: JsonSchema = { type: 'integer', minimum: 1, maximum: 90 };
const runnablePath: JsonSchema = {
  type: 'string',
  pattern: '^runnable/.+\\.ts$',
};

const question: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'ask', 'answer', 'points', 'rule'],
  properties: {
    id: { type: 'string', pattern: '^[a-z][a-z0-9-]*$' },
    ask: text,
    answer: { enum: ['step', 'line', 'choice'] },
    points: whole,
    rule: text,
    file: runnablePath,
    options: { type: 'object', additionalProperties: text },
    after: text,
  },
};

const schema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'title', 'minutes', 'points', 'scenario', 'hints'],
  properties: {
    kind: { enum: [...kinds] },
    title: text,
    minutes: whole,
    points: whole,
    scenario: { type: 'string', pattern: '^[a-z0-9-]+$' },
    file: runnablePath,
    symbol: text,
    show: { type: 'array', items: text },
    questions: { type: 'array', items: question },
    hints: {
      type: 'object',
      additionalProperties: false,
      required: [...hintNames],
      properties: { idea: text, place: text, trace: text },
    },
  },
};

/** The id that the place of an `exercise.yaml` gives its exercise. */
export const exerciseId = (file: string): string =>
  file
    .replace(/^content\//, '')
    .replace('/exercises/', '/')
    .replace(/\/exercise\.yaml$/, '');

/**
 * Reads an `exercise.yaml`; its place gives the exercise its id.
 *
 * @param file `content/kubelet/02-pod-workers/exercises/parking/exercise.yaml`
 * @throws {Error} naming the file, the field and what was wanted there
 */
export function parseExercise(yaml: string, file: string): Exercise {
  const id = exerciseId(file);
  const data = dataOf(yaml, file);
  const fault = faultOf(schema, data);
  if (fault !== undefined) throw new SyntaxError(misfit(file, fault));
  const at = id.lastIndexOf('/');
  const own = data as Omit<Exercise, 'id' | 'chapter' | 'slug'>;
  const exercise: Exercise = {
    ...own,
    id,
    chapter: id.slice(0, at),
    slug: id.slice(at + 1),
    show: (own as Partial<Exercise>).show ?? [],
    questions: (own as Partial<Exercise>).questions ?? [],
  };
  const missing = missingOf(exercise);
  if (missing !== undefined) {
    throw new SyntaxError(
      `Cannot use ${file}: kind "${exercise.kind}" wants ${missing}`,
    );
  }
  return exercise;
}

function dataOf(yaml: string, file: string): unknown {
  try {
    return parseYaml(yaml);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    const { column, line, reason } = error;
    throw new SyntaxError(
      `Cannot parse ${file} at line ${line}, column ${column}: ${reason}`,
      { cause: error },
    );
  }
}

/** What an exercise of this kind cannot do without. */
function missingOf(exercise: Exercise): string | undefined {
  const { kind, file, symbol, questions } = exercise;
  if (isAnswered(exercise)) {
    return questions.length === 0 ? '"questions"' : undefined;
  }
  if (file === undefined) return '"file", the path of the code to be edited';
  return kind === 'fill' && symbol === undefined ? '"symbol"' : undefined;
}
