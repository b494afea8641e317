/** Text as it is printed: apostrophes, and numbers that keep their units. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { typeset } from '../../src/player/typeset.ts';
import { typesetPage } from '../../src/site/finish.ts';

test('typeset() curls the apostrophe of a word and no other', () => {
  assert.equal(typeset("the pod's worker"), 'the pod’s worker');
  assert.equal(typeset("says 'no'"), "says 'no'");
});

test('typeset() keeps a number on one line with its unit', () => {
  assert.equal(
    typeset('after 4.5 s or 300 ms'),
    'after 4.5\u00a0s or 300\u00a0ms',
  );
  assert.equal(typeset('2 syncs'), '2 syncs');
});

test('typesetPage() leaves code, attributes and scripts as they are', () => {
  const page =
    '<p title="it\'s 4 s">it\'s 4 s <code>4 s</code></p>' +
    '<pre><code>it\'s <b>4 s</b></code></pre><script>"4 s"</script>';
  assert.equal(
    typesetPage(page),
    page.replace(">it's 4 s ", '>it’s 4\u00a0s '),
  );
});
