/**
 * What students get of the code that they are to write.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Judge } from '../../src/exercise/judge.ts';
import {
  attemptsOf,
  attemptText,
  findExercises,
  starterOf,
} from '../../src/exercise/materials.ts';
import { cut, hide, unhide, withBody } from '../../src/exercise/surgery.ts';
import { openTrace } from '../../src/trace/open.ts';
import { readTrace } from '../../src/trace/read.ts';
import { storyText } from '../../src/trace/story.ts';

const text = `class A {
  /**
   * @story when first: The first
   *   comes first.
   *
   * Says what is wanted.
   *
   * @story Another comes.
   * @returns a number
   */
  #b(): number {
    const one = 1;
    return one;
  }
  c(): number { return 2; }
}
`;

const prose = `
  /**
   * Says what is wanted.
   *
   * @returns a number
   */
  #b(): number {`;

describe('cut()', () => {
  test('leaves what a function promises, not what each branch does', () => {
    const left = cut(text, 'a.ts', 'A.#b');
    assert.ok(left.includes(prose), left);
    assert.match(left, /throw new Error\('A\.#b is not written yet'\)/);
    assert.doesNotMatch(left, /@story|comes first|const one/);
  });

  test('needs no comment', () => {
    assert.match(cut(text, 'a.ts', 'A.c'), /c\(\): number \{\n {4}\/\/ Your/);
  });
});

describe('hide() and unhide()', () => {
  test('keep every line where it is', () => {
    for (const symbol of ['A.#b', 'A.c']) {
      const hidden = hide(text, 'a.ts', symbol);
      assert.equal(hidden.split('\n').length, text.split('\n').length);
      assert.match(hidden, /throw new Error\('A\.. belongs to another/);
      const back = unhide(hidden, text, 'a.ts', symbol);
      assert.equal(lineOf(back, 'return one'), lineOf(text, 'return one'));
      assert.equal(lineOf(back, 'return 2'), lineOf(text, 'return 2'));
    }
  });

  test('tell no branch of what is hidden', () => {
    const hidden = hide(text, 'a.ts', 'A.#b');
    assert.ok(hidden.includes(`\n${prose}`), hidden);
    assert.doesNotMatch(hidden, /@story/);
  });

  test('leave what somebody wrote', () => {
    const own = text.replace('return one', 'return 3');
    assert.equal(unhide(own, text, 'a.ts', 'A.#b'), own);
  });
});

const lineOf = (whole: string, part: string): number =>
  whole.split('\n').findIndex((line) => line.includes(part));

test('a run of a filled starter is told like one of the real file', async () => {
  const exercise = findExercises().find(({ slug }) => slug === 'parking')!;
  const { file = '', symbol = '' } = exercise;
  const { alternative } = attemptsOf(exercise);
  const starter = starterOf(exercise);
  const filled = withBody(starter, file, symbol, alternative.body ?? '');
  const judge = new Judge();
  const told = async (written: string): Promise<string> => {
    const { pairs } = await judge.judge(exercise, written, { traces: true });
    const trace = readTrace(JSON.parse(pairs[0]!.own));
    return storyText(openTrace(trace));
  };
  try {
    const story = await told(filled);
    assert.match(story, /makes one of capacity 1\./);
    assert.equal(story, await told(attemptText(exercise, alternative)));
  } finally {
    judge.close();
  }
});
