import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joined, parseProgress } from '../../src/site/client/progress.ts';

const progressOf = (chapters: object): string =>
  JSON.stringify({ format: 'inside-the-loop/progress', version: 1, chapters });

test('parseProgress() reads what the terminal writes', () => {
  const text = progressOf({ 'knative/02-service': { scenarios: ['update'] } });
  assert.deepEqual(parseProgress(text).chapters, {
    'knative/02-service': { scenarios: ['update'] },
  });
});

test('parseProgress() leaves out what is no chapter', () => {
  const text = progressOf({
    '<b>': { scenarios: [] },
    'a/01-b': { scenarios: [1] },
  });
  assert.deepEqual(parseProgress(text).chapters, {});
});

test('parseProgress() refuses another version, naming its own', () => {
  assert.throws(
    () =>
      parseProgress(
        '{"format":"inside-the-loop/progress","version":2,"chapters":{}}',
      ),
    { name: 'SyntaxError', message: /wanted .* version 1/ },
  );
});

test('parseProgress() says the same of whatever is no progress', () => {
  const texts = ['', '{"a":\n1', 'null', '[]', progressOf([]).slice(0, -1)];
  const shapes = [{ chapters: null }, { chapters: 'x' }, { exercises: null }];
  const odd = shapes.map((shape) =>
    JSON.stringify({ ...(JSON.parse(progressOf({})) as object), ...shape }),
  );
  for (const text of [...texts, ...odd]) {
    assert.throws(() => parseProgress(text), {
      message: /^Cannot read progress: wanted format .*, version 1$/,
    });
  }
  const holes = progressOf({ 'a/01-b': null });
  assert.deepEqual(parseProgress(holes).chapters, {});
});

test('joined() loses nothing of either', () => {
  const one = parseProgress(progressOf({ 'a/01-b': { scenarios: ['x'] } }));
  const other = parseProgress(
    progressOf({
      'a/01-b': { scenarios: ['y', 'x'] },
      'a/02-c': { scenarios: [] },
    }),
  );
  assert.deepEqual(joined(one, other).chapters, {
    'a/01-b': { scenarios: ['x', 'y'] },
    'a/02-c': { scenarios: [] },
  });
});
