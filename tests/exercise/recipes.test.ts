/**
 * The recipes do what the graders they are for expect.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, describe, test } from 'node:test';
import { originalOf } from '../../src/exercise/pack.ts';
import { findExercises } from '../../src/exercise/materials.ts';
import { parseYaml } from '../../src/ports/yaml.ts';
import { recipes, recipeText } from '../../src/site/recipes.ts';
import { projectRoot } from '../../src/source/files.ts';
import {
  classroom50Schema,
  exercismSchema,
  fits,
} from '../chapter/report/contracts.ts';
import { freshFolder } from '../chapter/scratch.ts';

const project = fileURLToPath(projectRoot);
const pathOf = (file: string): string =>
  join(project, 'content', 'classroom', 'recipes', file);

/** Classroom 50's declarative tests, as its documentation has them. */
const testsSchema = {
  type: 'array',
  maxItems: 100,
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['name', 'type', 'run', 'points'],
    properties: {
      name: { type: 'string', minLength: 1, maxLength: 100 },
      type: { enum: ['io', 'run', 'python'] },
      run: { type: 'string', minLength: 1 },
      setup: { type: 'string' },
      timeout: { type: 'integer', minimum: 0, maximum: 600 },
      'exit-code': { type: 'integer', minimum: 0, maximum: 255 },
      points: { type: 'integer', minimum: 0, maximum: 1000 },
    },
  },
};

interface DeclaredTest {
  readonly name: string;
  readonly run: string;
  readonly points: number;
}

describe('the recipes', () => {
  const folder = freshFolder('recipes');
  const id = 'kubelet/02-pod-workers/parking';
  const own = join(folder, 'workbook', id);
  mkdirSync(own, { recursive: true });
  const text = originalOf('runnable/kubelet/pod-workers.ts');
  writeFileSync(join(own, 'pod-workers.ts'), text);

  after(() => {
    rmSync(folder, { recursive: true });
  });

  /** A command in the student's checkout, as a grader runs it. */
  function run(command: string, words: readonly string[], more = {}) {
    const { INIT_CWD: _, WORKBOOK: __, ...env } = process.env;
    return spawnSync(command, words, {
      cwd: folder,
      encoding: 'utf8',
      env: { ...env, INSIDE_THE_LOOP: project, ...more },
    });
  }

  test('are all listed', () => {
    for (const { file } of recipes()) assert.ok(recipeText(file).length > 100);
  });

  test('classroom50-tests.json names exercises, checks and points that exist', () => {
    const tests = JSON.parse(
      recipeText('classroom50-tests.json'),
    ) as DeclaredTest[];
    fits(testsSchema, tests);
    const names = tests.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    const exercises = findExercises();
    for (const { run: command, points } of tests.slice(1)) {
      const found =
        /^npm run -s chapter -- exercise (?<id>\S+) --check(?: --only (?<check>\S+))?$/.exec(
          command,
        )?.groups;
      const exercise = exercises.find((one) => one.id === found?.['id']);
      assert.ok(exercise, command);
      if (found?.['check'] === undefined) {
        assert.equal(points, exercise.points);
      }
    }
  });

  test('classroom50-autograder.py writes result.json and ends with 0', (t) => {
    if (run('python3', ['--version']).error !== undefined) {
      t.skip('python3 is not here');
      return;
    }
    const ended = run('python3', [pathOf('classroom50-autograder.py')], {
      EXERCISES: id,
      CLASSROOM: 'c',
      ASSIGNMENT: 'a',
      SUBMISSION_TAG: 's',
      COMMIT_URL: 'https://example.org/c',
      RELEASE_URL: 'https://example.org/r',
    });
    assert.equal(ended.status, 0, ended.stderr);
    const file = readFileSync(join(folder, 'result.json'), 'utf8');
    const result = JSON.parse(file) as Record<string, unknown>;
    fits(classroom50Schema, result);
    assert.equal(result['score'], result['max-score']);
    assert.equal(result['submission'], 's');
  });

  test('exercism-run.sh writes results.json and ends with 0', () => {
    const out = join(folder, 'out');
    mkdirSync(out);
    const words = [pathOf('exercism-run.sh'), 'parking', own, `${out}/`];
    const ended = run('sh', words);
    assert.equal(ended.status, 0, ended.stderr);
    const file = readFileSync(join(out, 'results.json'), 'utf8');
    const results = JSON.parse(file) as { readonly status: string };
    fits(exercismSchema, results);
    assert.equal(results.status, 'pass');
    assert.equal(run('sh', words.slice(0, 2)).status, 2);
  });

  test('workflow.yml is YAML whose commands exist', () => {
    const workflow = parseYaml(recipeText('workflow.yml')) as {
      readonly jobs: {
        readonly grade: {
          readonly steps: readonly { readonly run?: string }[];
        };
      };
    };
    const commands = workflow.jobs.grade.steps.flatMap(
      (step) => step.run ?? [],
    );
    assert.deepEqual(commands[0], 'npm ci --omit=dev');
    assert.match(
      commands[1]!,
      /^npm run -s chapter -- grade workbook --report/,
    );
  });

  test('Containerfile starts the command line', () => {
    const recipe = recipeText('Containerfile');
    assert.match(recipe, /^ENTRYPOINT \["node", "src\/chapter\/main\.ts"\]$/m);
    assert.match(recipe, /^RUN npm ci --omit=dev/m);
  });
});
