import assert from 'node:assert/strict';
import { test } from 'node:test';
import { YamlError, parseYaml } from '../../src/ports/yaml.ts';

test('parseYaml() gives plain data', () => {
  const text = `
apiVersion: serving.knative.dev/v1alpha1
spec:
  percent: 10
  traffic: [{ name: a }]
  on: true
  since: 2019-04-05
base: &base { a: 1 }
copy: *base
`;
  assert.deepEqual(parseYaml(text), {
    apiVersion: 'serving.knative.dev/v1alpha1',
    spec: {
      percent: 10,
      traffic: [{ name: 'a' }],
      on: true,
      since: '2019-04-05',
    },
    base: { a: 1 },
    copy: { a: 1 },
  });
  assert.deepEqual(parseYaml('{"a": [1, null]}'), { a: [1, null] });
  assert.equal(parseYaml(''), null);
});

for (const [name, text, line, column, reason] of [
  [
    'a tab as indentation',
    'a:\n\tb: 1',
    2,
    1,
    'expected spaces as indentation, found "\\tb: 1"',
  ],
  [
    'a missing colon',
    'a: 1\nkind Service\nb: 1',
    2,
    1,
    'expected "key: value" on one line, found "kind Service"',
  ],
  [
    'two entries on a line',
    'a: b: c',
    1,
    4,
    'expected one "key: value" on a line; what is nested begins on the next line, found "b: c"',
  ],
  [
    'an open bracket',
    'a: [1, 2\nb: 3',
    2,
    1,
    'expected a closing "]", found "b: 3"',
  ],
  ['an open quote', 'a: "x', 1, 6, 'expected a closing quote, found the end'],
  ['a key twice', 'a: 1\na: 2', 2, 1, 'expected each key once, found "a: 2"'],
  [
    'a second document',
    'a: 1\n---\nb: 2',
    2,
    1,
    'expected one document, found "---"',
  ],
  [
    'an alias of nothing',
    'a: 1\nb: *no',
    2,
    4,
    'expected an alias of an anchor that stands before it, found "*no"',
  ],
  [
    'a tag',
    'a: !date 1',
    1,
    4,
    'expected plain data without a tag, found "!date 1"',
  ],
] as const) {
  test(`parseYaml() refuses ${name} with its place`, () => {
    assert.throws(
      () => parseYaml(text),
      (error) => {
        assert.ok(error instanceof YamlError && error instanceof SyntaxError);
        assert.deepEqual(
          [error.line, error.column, error.reason],
          [line, column, reason],
        );
        assert.equal(
          error.message,
          `Cannot parse YAML at line ${line}, column ${column}: ${reason}`,
        );
        return true;
      },
    );
  });
}

test('parseYaml() refuses aliases that multiply', () => {
  const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let n = 1; n < 9; n++) {
    const before = `*a${n - 1}`;
    bomb.push(`a${n}: &a${n} [${Array(10).fill(before).join(', ')}]`);
  }
  assert.throws(() => parseYaml(bomb.join('\n')), YamlError);
});
