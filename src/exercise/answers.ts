/**
 * Judges answers to questions about a given run.
 */
import { YamlError, parseYaml } from '../ports/yaml.ts';
import type { TraceModel } from '../trace/model.ts';
import { BrokenRule, RunFailed } from './broken.ts';
import type { Exercise, Question } from './exercise.ts';
import type { Bench, Check } from './kit.ts';
import { canonical, sealed } from './seal.ts';
import type { SealedAnswer, SealedKey } from './seal.ts';

/** The checks of an exercise that asks questions: one for each. */
export function checksOfAnswers(
  exercise: Exercise,
  key: SealedKey,
  sheet: string,
): Check[] {
  const answers = parsed(sheet);
  const stray = strayText(exercise, [...answers.keys()]);
  return exercise.questions.map((question) => ({
    id: question.id,
    title: question.ask,
    points: question.points,
    rule: question.rule,
    judge: async (bench: Bench) => {
      const given = answers.get(question.id)?.trim() ?? '';
      if (given === '') {
        throw new RunFailed(
          'missing',
          `Expected ${wanted[question.answer]}; nothing is written there yet${stray}`,
          {},
        );
      }
      const { model } = await bench.run(undefined, { mayFail: true });
      const sealedAnswer =
        question.after === undefined
          ? key[question.id]
          : keyOfNext(exercise, question, model, key[question.id]);
      judge(exercise, question, { given, model, key: sealedAnswer });
    },
  }));
}

const wanted = {
  step: 'the address of a step',
  line: 'the number of a line',
  choice: 'the letter of an option',
};

interface Given {
  readonly given: string;
  readonly model: TraceModel;
  readonly key: SealedAnswer | undefined;
}

function judge(
  exercise: Exercise,
  question: Question,
  { given, model, key }: Given,
): void {
  refuseUnknown(question, canonical(question, given), model);
  const hash = sealed(exercise, question, given);
  if (key?.accept.includes(hash) === true) return;
  const { scenario } = model.trace;
  throw new BrokenRule({
    expected: `another ${nouns[question.answer]}`,
    seen: canonical(question, given),
    because: key?.wrong[hash] ?? key?.otherwise,
    at:
      question.answer === 'step'
        ? { scenario, address: canonical(question, given) }
        : undefined,
  });
}

const nouns = { step: 'step', line: 'line', choice: 'option' };

/** An answer that names nothing is a slip, not a mistake. */
function refuseUnknown(
  { answer, options = {} }: Question,
  given: string,
  model: TraceModel,
): void {
  if (answer === 'step' && model.find(given, 'lines') === undefined) {
    const [near] = model.nearest(given, 1);
    throw new BrokenRule({
      expected: 'the address of a step of this run',
      seen: `"${given}", which is none${near === undefined ? '' : `; did you mean "${near}"?`}`,
    });
  }
  if (answer === 'line' && !/^\d+$/.test(given)) {
    throw new BrokenRule({ expected: wanted.line, seen: `"${given}"` });
  }
  if (answer === 'choice' && !Object.hasOwn(options, given)) {
    throw new BrokenRule({
      expected: `one of ${Object.keys(options).join(', ')}`,
      seen: `"${given}"`,
    });
  }
}

/** The step that follows is found by looking, not by what a key says. */
function keyOfNext(
  exercise: Exercise,
  question: Question,
  model: TraceModel,
  key: SealedAnswer | undefined,
): SealedAnswer {
  const { after = '' } = question;
  const row = model.find(after);
  if (row === undefined) {
    throw new RangeError(
      `Cannot judge ${exercise.id}: its run never reaches "${after}"`,
    );
  }
  const next = model.step('story', model.at('story', row) + 1);
  const { wrong = {}, otherwise = 'Step on from there and look.' } = key ?? {};
  return {
    accept: [sealed(exercise, question, next.address)],
    wrong,
    otherwise,
  };
}

/** An answer to what nobody asked, which may be a slip of the pen. */
function strayText(
  { questions }: Exercise,
  answered: readonly string[],
): string {
  const stray = answered.find((id) => questions.every((one) => one.id !== id));
  return stray === undefined ? '' : `, and "${stray}" is no question here`;
}

/** The answers on a sheet, by question. */
function parsed(sheet: string): ReadonlyMap<string, string> {
  try {
    const data = parseYaml(sheet) ?? {};
    if (typeof data !== 'object' || Array.isArray(data)) {
      throw new YamlError(1, 1, 'expected answers, such as "why: a"');
    }
    return new Map(
      Object.entries(data).map(([id, answer]) => [id, textOf(answer)]),
    );
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    throw new RunFailed('syntax', error.reason, {
      place: { path: 'answer.yaml', line: error.line },
    });
  }
}

/** Somebody may write a number, or a letter, without quotes. */
function textOf(answer: unknown): string {
  if (typeof answer === 'string') return answer;
  return answer == null ? '' : JSON.stringify(answer);
}
