/**
 * Every report keeps to the contract of whoever reads it.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { classroom50 } from '../../../src/chapter/report/classroom50.ts';
import { csv } from '../../../src/chapter/report/csv.ts';
import { exercism } from '../../../src/chapter/report/exercism.ts';
import { json, schemaOfJson } from '../../../src/chapter/report/json.ts';
import { junit } from '../../../src/chapter/report/junit.ts';
import { reporters } from '../../../src/chapter/report/reports.ts';
import { tap } from '../../../src/chapter/report/tap.ts';
import { gradeSchema } from '../../../src/exercise/grade.ts';
import type { Graded } from '../../../src/exercise/grade.ts';
import type { CheckResult } from '../../../src/exercise/result.ts';
import {
  classroom50Schema,
  exercismSchema,
  fits,
  parseCsv,
  parseTap,
  parseXml,
} from './contracts.ts';

const head = { hidden: false, rule: 'A rule with <signs> & "quotes".' };

const passed: CheckResult = {
  ...head,
  id: 'right',
  title: 'All is well',
  status: 'passed',
  score: 3,
  points: 3,
  message: '',
};

const failed: CheckResult = {
  ...head,
  id: 'wrong',
  title: 'One # thing, "only"',
  status: 'failed',
  score: 0,
  points: 2,
  message: 'Expected ]]> & 1, seen <2>',
  expected: ']]> & 1',
  seen: '<2>\u0007',
  output: 'x'.repeat(900),
  at: { scenario: 'a', address: 'call b' },
};

const slow: CheckResult = {
  ...head,
  id: 'slow',
  title: 'It ends',
  status: 'error',
  fault: 'timeout',
  score: 0,
  points: 1,
  message: `It took too long: ${'y'.repeat(700)}`,
};

function gradedWith(...checks: readonly CheckResult[]): Graded {
  const score = checks.reduce((sum, check) => sum + check.score, 0);
  const points = checks.reduce((sum, check) => sum + check.points, 0);
  const exercise = {
    id: 'kubelet/02-pod-workers/parking',
    title: 'Room for one',
    kind: 'fill',
    passed: score === points,
    score,
    points,
    checks,
  } as const;
  const own = { name: '=alice', score, points, exercises: [exercise] };
  return { schema: gradeSchema, submissions: [own] };
}

const graded = gradedWith(passed, failed, slow);
const two: Graded = {
  ...graded,
  submissions: [...graded.submissions, ...graded.submissions],
};

describe('the reports', () => {
  test('json fits its published schema', () => {
    fits(schemaOfJson, JSON.parse(json(two)));
    assert.deepEqual(JSON.parse(json(two)), two);
  });

  test('junit is XML with a suite for each exercise and a case for each check', () => {
    const root = parseXml(junit(two));
    assert.equal(root.name, 'testsuites');
    const counts = { tests: '6', failures: '2', errors: '2' };
    assert.deepEqual(root.attributes, counts);
    const [suite] = root.children;
    assert.equal(suite?.name, 'testsuite');
    const [right, wrong, late] = suite.children;
    assert.deepEqual(
      right!.children.map(({ name }) => name),
      ['properties'],
    );
    const failure = wrong!.children.find(({ name }) => name === 'failure');
    assert.equal(failure!.attributes['message'], head.rule);
    assert.match(failure!.text, /expected {2}\]\]> & 1\nseen {6}<2>\ufffd/);
    const error = late!.children.find(({ name }) => name === 'error');
    assert.equal(error!.attributes['type'], 'timeout');
    assert.equal(error!.attributes['message']!.length, 500);
    assert.ok(error!.text.length > 700);
  });

  test('tap has a point for each check, and no directive by accident', () => {
    const points = parseTap(tap(two));
    assert.deepEqual(
      points.map(({ ok }) => ok),
      [true, false, false, true, false, false],
    );
    assert.match(
      points[1]!.description,
      /parking\/wrong: One # thing, "only"$/,
    );
    assert.deepEqual(points[0]!.diagnostic, { score: 3, points: 3 });
    assert.equal(points[2]!.diagnostic['severity'], 'timeout');
  });

  test('exercism has the tests in their order, and short output', () => {
    const document = JSON.parse(exercism(graded)) as {
      readonly status: string;
      readonly tests: readonly { readonly status: string }[];
    };
    fits(exercismSchema, document);
    assert.equal(document.status, 'fail');
    assert.deepEqual(
      document.tests.map(({ status }) => status),
      ['pass', 'fail', 'error'],
    );
    const right = JSON.parse(exercism(gradedWith(passed))) as object;
    assert.ok('status' in right && right.status === 'pass');
  });

  test('exercism says "error" only when nothing could be judged', () => {
    const syntax = { ...slow, fault: 'syntax' } as const;
    const document = JSON.parse(exercism(gradedWith(syntax))) as object;
    fits(exercismSchema, document);
    assert.ok('status' in document && document.status === 'error');
  });

  test('classroom50 adds up, and takes its fields from the environment', () => {
    process.env['COMMIT_URL'] = 'https://example.org/c';
    const document = JSON.parse(classroom50(graded)) as Record<string, unknown>;
    delete process.env['COMMIT_URL'];
    fits(classroom50Schema, document);
    assert.equal(document['commit'], 'https://example.org/c');
    assert.equal(document['review'], 'https://example.org/c');
    assert.equal(document['score'], 3);
    assert.equal(document['max-score'], 6);
  });

  test('csv is a table, and no cell is a formula', () => {
    const [columns, row] = parseCsv(csv(graded));
    assert.equal(columns!.length, row!.length);
    assert.deepEqual(row!.slice(0, 8), [
      "'=alice",
      'kubelet/02-pod-workers/parking',
      'Room for one',
      '3',
      '6',
      'no',
      '1',
      '3',
    ]);
    assert.match(row![8]!, /^wrong: A rule with <signs> & "quotes"\.; slow: /);
  });

  test('human names rule, expected and seen, without colours in a file', () => {
    const text = reporters['human']!.write(graded, false);
    assert.match(text, /^=alice: 3 of 6 points$/m);
    assert.match(text, /A rule with <signs> & "quotes"\.\n +expected {2}\]\]>/);
    assert.ok(!text.includes('\u001b'));
  });

  test('what has place for one solution refuses more', () => {
    const { classroom50: one, exercism: other } = reporters;
    assert.throws(
      () => one?.refuse?.(2, 1),
      /expected one submission, found 2/,
    );
    assert.throws(() => other?.refuse?.(1, 2), /found 1 of 2; use --only/);
  });
});
