import assert from 'node:assert/strict';
import { test } from 'node:test';
import { notesOf, sourceFragment } from '../../src/site/fragment.ts';
import { highlightLines } from '../../src/site/highlight.ts';

test('sourceFragment() has one element for each line, with its number', async () => {
  const html = await sourceFragment('runnable/sim/sort-by.ts');
  const numbers = [...html.matchAll(/<li data-line="(\d+)">/g)].map(([, n]) =>
    Number(n),
  );
  assert.ok(numbers.length > 5);
  assert.deepEqual(
    numbers,
    numbers.map((_, index) => index + 1),
  );
});

test('notesOf() gives a note the lines of its symbol and the exact original', () => {
  const text = `/** The file. */
import type { A } from './a.ts';

/**
 * Works.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/service/service.go Reconciler.reconcile
 * @omits metrics
 * @differs waits for nothing
 */
export function reconcile(a: A): void {
  a.go();
}
`;
  const [note] = notesOf(text, 'service.ts');
  assert.equal(note?.symbol, 'reconcile');
  assert.deepEqual([note.line, note.end], [12, 14]);
  assert.deepEqual(note.omits, ['metrics']);
  assert.deepEqual(note.differs, ['waits for nothing']);
  assert.match(
    note.upstream[0]?.href ?? '',
    /^https:\/\/github\.com\/knative\/serving\/blob\/v0\.4\.1\/pkg\/reconciler\/v1alpha1\/service\/service\.go#L\d+-L\d+$/,
  );
});

test('notesOf() names file and line of a tag that leads nowhere', () => {
  const text = `/** The file. */
import './a.ts';

/**
 * Works.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/none.go none
 */
export function none(): void {}
`;
  assert.throws(
    () => notesOf(text, 'none.ts'),
    /^RangeError: none\.ts:7: Cannot find/,
  );
});

test('highlightLines() marks keywords, strings and comments, and escapes', async () => {
  const [first, second] = await highlightLines("const a = '<b>';\n// c & d");
  assert.equal(
    first,
    '<span class="k">const </span>a = <span class="s">\'&lt;b&gt;\'</span>;',
  );
  assert.equal(second, '<span class="c">// c &amp; d</span>');
});
