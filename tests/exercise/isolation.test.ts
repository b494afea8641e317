/**
 * Code that does not come to an answer is reported as what it is, with its
 * line, and never keeps the checker.
 */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { StudentBench } from '../../src/exercise/bench.ts';
import { RunFailed } from '../../src/exercise/broken.ts';
import { Judge } from '../../src/exercise/judge.ts';
import { attemptText, findExercises } from '../../src/exercise/materials.ts';
import { originalOf } from '../../src/exercise/pack.ts';
import type { CheckResult } from '../../src/exercise/result.ts';
import { edited } from '../../src/exercise/surgery.ts';

const exercise = findExercises().find(({ slug }) => slug === 'parking')!;
const { file = '' } = exercise;

/** The student's file with these statements for a body. */
const written = (...lines: readonly string[]): string =>
  attemptText(exercise, { body: lines.join('\n') });

/** The line of the student's file that holds a text. */
const lineOf = (text: string, part: string): number =>
  text.split('\n').findIndex((line) => line.includes(part)) + 1;

describe('code that does not come to an answer', () => {
  const judge = new Judge({ checkMs: 4000, memoryMb: 100 });
  after(() => {
    judge.close();
  });

  async function judged(text: string): Promise<readonly CheckResult[]> {
    const { result } = await judge.judge(exercise, text);
    assert.equal(result.score, 0);
    assert.equal(result.passed, false);
    return result.checks;
  }

  async function fails(
    text: string,
    part: string,
    fault: string,
    message: RegExp,
  ): Promise<void> {
    const [first] = await judged(text);
    assert.equal(first?.fault, fault, JSON.stringify(first));
    assert.match(first.message, message);
    assert.deepEqual(first.line, { file, line: lineOf(text, part) });
  }

  test('a loop without an end', () =>
    fails(
      written('for (;;) this.isWorking.clear(); // here'),
      '// here',
      'endless',
      /goes on/,
    ));

  test('calls without an end', () =>
    fails(
      written('this.updatePod(options); // here'),
      '// here',
      'endless',
      /2000 calls inside one another/,
    ));

  test('an error', () =>
    fails(
      written(
        'const no = undefined as unknown as Map<string, string>;',
        'no.clear(); // here',
      ),
      '// here',
      'error',
      /^TypeError: Cannot read properties of undefined/,
    ));

  test('a promise that is rejected', () =>
    fails(
      written("void Promise.reject(new Error('lost')); // here"),
      '// here',
      'rejection',
      /lost/,
    ));

  test('text that is no TypeScript', () =>
    fails(
      written('const = 1; // here'),
      '// here',
      'syntax',
      /Unexpected token/,
    ));

  test('a file that others no longer find a class in', async () => {
    const text = '// here\nexport const nothing = 1;\n';
    await fails(
      text,
      '// here',
      'error',
      /Cannot find the export "PodWorkers"/,
    );
    const judged = await judge.judge(exercise, text, { traces: true });
    assert.deepEqual(judged.pairs, []);
  });

  test('something that a run may not use', () =>
    fails(
      written('setTimeout(() => undefined, 1); // here'),
      '// here',
      'syntax',
      /Cannot record "setTimeout"/,
    ));

  test('an import from outside', () =>
    fails(
      `import { readFileSync } from 'node:fs';\n${written('readFileSync;')}`,
      'node:fs',
      'syntax',
      /Cannot import "node:fs"/,
    ));

  /** Right, but for what it does with the second of two kills. */
  const wrongAtTheSecondKill = (statement: string): string =>
    attemptText(exercise, {
      edits: [
        {
          find: 'if (!working) {',
          put: `if (options.updateType === 'kill' && before?.updateType === 'kill') {
      ${statement}
    }
    if (!working) {`,
        },
      ],
    });

  async function losesTheLast(statement: string, fault: string): Promise<void> {
    const text = wrongAtTheSecondKill(statement);
    const { result } = await judge.judge(exercise, text);
    const [last, ...others] = result.checks.toReversed();
    assert.deepEqual([last?.status, last?.fault], ['error', fault]);
    assert.equal(last?.score, 0);
    assert.ok(others.every(({ status }) => status === 'passed'));
  }

  test('a search that takes for ever is stopped, and no other check lost', () =>
    losesTheLast('/^(a+)+$/.test(`${"a".repeat(60)}!`);', 'timeout'));

  test('so is what takes too much memory', () =>
    losesTheLast(
      "for (const kept: string[][] = []; ; ) kept.push(new Array<string>(1e6).fill('x'));",
      'memory',
    ));

  test('and the next submission is judged as if nothing had been', async () => {
    const { result } = await judge.judge(exercise, originalOf(file));
    assert.equal(result.passed, true);
  });
});

test('a deadlock names the line that waits', async () => {
  const path = 'runnable/tomcat/websocket/ws-frame-base.ts';
  const text = edited(originalOf(path), path, [
    {
      find: 'this.wsSession.updateLastActive();',
      put: 'this.wsSession.updateLastActive(); await new Promise(() => undefined);',
    },
  ]);
  const frames = { ...exercise, chapter: 'tomcat/04-frames', file: path };
  const bench = new StudentBench(frames, new Map([[path, text]]));
  await assert.rejects(bench.run('ping-between'), (error) => {
    assert.ok(error instanceof RunFailed);
    assert.equal(error.fault, 'deadlock');
    assert.deepEqual(error.place, {
      path,
      line: lineOf(text, 'await new Promise'),
    });
    return true;
  });
});
