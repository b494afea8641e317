/**
 * The kubelet's reference lists 43 points that are usually got wrong; each has
 * a test that begins with its number.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const folder = new URL('../', import.meta.url);

test('every subtle point has its test', () => {
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'));
  const points = new Set(
    [...texts.join('').matchAll(/^test\('(\d+): /gm)].map(([, point]) =>
      Number(point),
    ),
  );
  const all = Array.from({ length: 43 }, (_, index) => index + 1);
  assert.deepEqual(
    all.filter((point) => !points.has(point)),
    [],
  );
});
