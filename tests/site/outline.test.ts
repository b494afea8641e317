import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outlineOf } from '../../src/site/outline.ts';

test('outlineOf() gives each beat the last stage above it', () => {
  const { stages, beats } = outlineOf(
    `
<Beat at="call A.b">early</Beat>
<Stage scenario="one" />
<Beat at="call A.b">
<Source of="A.b" />
</Beat>
<Stage scenario='two'/>
<Beat at='store.create Route default/a' class="x">late</Beat>`,
    'first',
  );
  assert.deepEqual(stages, ['one', 'two']);
  assert.deepEqual(beats, [
    { at: 'call A.b', scenario: 'first', n: 1 },
    { at: 'call A.b', scenario: 'one', n: 2 },
    { at: 'store.create Route default/a', scenario: 'two', n: 3 },
  ]);
});

test('outlineOf() takes a stage without a scenario for the first one', () => {
  assert.deepEqual(outlineOf('<Stage />', 'first').stages, ['first']);
});

test('outlineOf() reads no marks in code blocks', () => {
  const body = '```mdx\n<Beat at="call A.b">x</Beat>\n```\n';
  assert.deepEqual(outlineOf(body, 'first').beats, []);
});

test('outlineOf() keeps an address that holds a closing bracket', () => {
  const { beats } = outlineOf('<Beat at="chan.send a->b">x</Beat>', 'first');
  assert.equal(beats[0]?.at, 'chan.send a->b');
});
