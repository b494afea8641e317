/**
 * The students' copy works alone, and gives nothing away.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, test } from 'node:test';
import { writeHandout } from '../../src/exercise/handout.ts';
import { workFile } from '../../src/exercise/exercise.ts';
import {
  attemptsOf,
  attemptText,
  findExercises,
  solutionOf,
} from '../../src/exercise/materials.ts';
import { packName } from '../../src/exercise/pack.ts';
import { bodyText } from '../../src/exercise/surgery.ts';
import { projectRoot, readSource } from '../../src/source/files.ts';
import { freshFolder } from '../chapter/scratch.ts';
import { answerKeys } from '../site/answer-key.ts';

const exercises = findExercises();

describe('the handout', () => {
  const folder = freshFolder('handout');
  /** Where its command line finds its compiled code again. */
  const compiled = freshFolder('compiled');

  before(() => {
    writeHandout(folder);
    const modules = fileURLToPath(new URL('node_modules', projectRoot));
    symlinkSync(modules, join(folder, 'node_modules'), 'junction');
  });

  after(() => {
    rmSync(folder, { recursive: true });
    rmSync(compiled, { recursive: true });
  });

  /** Runs its command line, as a student does. */
  function chapter(...words: readonly string[]) {
    const { INIT_CWD: _, WORKBOOK: __, ...inherited } = process.env;
    const env = { ...inherited, NODE_COMPILE_CACHE: compiled };
    const main = join('src', 'chapter', 'main.ts');
    const options = { cwd: folder, env, encoding: 'utf8' } as const;
    return spawnSync(process.execPath, [main, ...words], options);
  }

  const textFiles = (): string[] =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== packName)
      .map(({ name, parentPath }) => join(parentPath, name))
      .filter((path) => !path.includes('node_modules'));

  test('holds no solutions, no hidden checks and no tests', () => {
    for (const path of textFiles()) {
      const below = path.slice(folder.length + 1);
      assert.doesNotMatch(
        below,
        /solutions|^content.classroom|^tests|hidden\.ts|\.yaml\.|attempts\.yaml/,
      );
    }
  });

  test('holds none of their texts either', () => {
    const texts = textFiles().map((path) => readFileSync(path, 'utf8'));
    const whole = flat(texts.join('\n'));
    for (const exercise of exercises) {
      for (const secret of secretsOf(exercise)) {
        assert.ok(!whole.includes(secret), `${exercise.id}: ${secret}`);
      }
    }
    for (const words of answerKeys().flatMap(({ telling }) => telling)) {
      assert.ok(!whole.includes(words), words);
    }
  });

  test('lists, begins, checks and passes', () => {
    const [exercise] = exercises.filter(({ kind }) => kind === 'fill');
    const { id } = exercise!;
    assert.match(chapter('exercise').stdout, /Begin anywhere/);
    const begun = chapter('exercise', id);
    assert.equal(begun.status, 0, begun.stderr);
    const own = join(folder, 'workbook', id, workFile(exercise!));
    assert.match(readFileSync(own, 'utf8'), /is not written yet/);
    assert.equal(chapter('exercise', id, '--check').status, 1);
    writeFileSync(
      own,
      attemptText(exercise!, attemptsOf(exercise!).alternative),
    );
    const checked = chapter('exercise', id, '--check');
    assert.equal(checked.status, 0, checked.stdout + checked.stderr);
  });

  test('judges every kind, from what its pack holds', () => {
    const kinds = ['fix', 'extend', 'diagnose', 'predict'];
    for (const kind of kinds) {
      const exercise = exercises.find((one) => one.kind === kind)!;
      const own = join(folder, 'workbook', exercise.id);
      mkdirSync(own, { recursive: true });
      writeFileSync(join(own, workFile(exercise)), solutionOf(exercise));
      const checked = chapter('exercise', exercise.id, '--check');
      assert.equal(checked.status, 0, checked.stdout + checked.stderr);
    }
  });

  test('counts a teacher’s hidden checks when it grades, and then alone', () => {
    const id = 'kubelet/02-pod-workers/parking';
    const exercise = exercises.find((one) => one.id === id)!;
    const work = join(folder, 'workbook', id);
    mkdirSync(work, { recursive: true });
    writeFileSync(join(work, workFile(exercise)), solutionOf(exercise));
    const secret = join(folder, 'content', 'solutions', id);
    mkdirSync(secret, { recursive: true });
    writeFileSync(join(secret, 'hidden.ts'), hiddenCheck);
    const words = ['--only', id, '--report', 'json'];
    const graded = chapter('grade', join(folder, 'workbook'), ...words);
    rmSync(join(folder, 'content', 'solutions'), { recursive: true });
    assert.match(
      graded.stdout,
      /"id": "ours",[^}]*"hidden": true,[^}]*"failed"/,
    );
    const checked = chapter('exercise', id, '--check');
    assert.doesNotMatch(checked.stdout, /ours|Only a teacher/);
  });

  test('runs chapters whose code was cut', () => {
    const { status, stdout } = chapter('kubelet/02');
    assert.equal(status, 0);
    const story = 'tests/stories/kubelet/02-pod-workers/parked-kill.txt';
    assert.equal(stdout, readSource(story).text);
  });

  test('refuses only the exercise whose sheet is broken, by name', () => {
    const id = 'kubelet/02-pod-workers/parking';
    const sheet = `content/${id.replace('/parking', '/exercises/parking')}/exercise.yaml`;
    const right = readFileSync(join(folder, sheet), 'utf8');
    for (const [yaml, why] of [
      ['kind: [fill\n', / at line 2, column 1: expected /],
      [right.replace('kind: fill', 'kind: fil'), / at kind: expected /],
    ] as const) {
      writeFileSync(join(folder, sheet), yaml);
      const asked = chapter('exercise', 'parking', '--hint');
      assert.deepEqual([asked.status, asked.stdout], [3, '']);
      assert.match(asked.stderr, why);
      assert.ok(asked.stderr.includes(sheet));
      assert.equal(asked.stderr.trimEnd().split('\n').length, 1);
      const list = chapter('exercise');
      assert.deepEqual([list.status, list.stderr], [0, asked.stderr]);
      assert.doesNotMatch(list.stdout, /parking/);
      const other = chapter('exercise', 'stale-knowledge', '--hint');
      assert.deepEqual([other.status, other.stderr], [0, '']);
    }
    writeFileSync(join(folder, sheet), right);
  });

  test('shows no solution, and makes no handout of its own', () => {
    const { stderr, status } = chapter('exercise', 'parking', '--solution');
    assert.equal(status, 2);
    assert.match(stderr, /this copy holds none/);
    assert.equal(chapter('handout', 'out').status, 2);
  });
});

/** A check of a teacher's, in the shape that CONTRIBUTING.md describes. */
const hiddenCheck = `import { expectSame } from '#exercise';
import type { Check } from '#exercise';

export const checks: readonly Check[] = [
  {
    id: 'ours',
    title: 'Only a teacher asks this',
    points: 3,
    rule: 'Two is not one.',
    async judge({ run }) {
      await run();
      expectSame(1, 2, { what: 'one' });
    },
  },
];
`;

/** White space tells nothing. */
const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** What a student could copy, or learn too early, if it were there. */
function secretsOf(exercise: (typeof exercises)[number]): string[] {
  const { alternative, key = {}, solution = {}, wrong } = attemptsOf(exercise);
  const { file, kind, symbol } = exercise;
  const isCut = kind === 'fill' || kind === 'fix';
  const ours =
    isCut && file !== undefined && symbol !== undefined
      ? [bodyText(readSource(file).text, file, symbol)]
      : [];
  const others = [alternative, ...wrong].flatMap(({ body, says }) => [
    says,
    ...(body === undefined ? [] : [body]),
  ]);
  const reasons = Object.values(key).flatMap((one) => [
    one.otherwise,
    ...Object.values(one.wrong ?? {}),
  ]);
  const added = [
    solution.body ?? '',
    ...(solution.edits ?? []).map(({ put }) => put),
  ];
  return [...ours, ...others, ...added, ...reasons].map(flat).filter(isTelling);
}

/** A line that many functions have gives nothing away. */
const isTelling = (text: string): boolean => text.length > 40;
