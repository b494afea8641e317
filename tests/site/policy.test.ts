import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { withPolicy } from '../../src/site/policy.ts';

const page = (scripts: string) =>
  `<html><head><meta charset="utf-8">${scripts}</head></html>`;
const hash = (body: string) =>
  `'sha256-${createHash('sha256').update(body).digest('base64')}'`;

test('withPolicy() allows the inline scripts that the page has', () => {
  const html = withPolicy(page('<script>go()</script>'));
  assert.ok(
    html.includes(`script-src 'self' 'wasm-unsafe-eval' ${hash('go()')};`),
  );
});

test('withPolicy() hashes neither scripts of files nor data', () => {
  const html = withPolicy(
    page(
      '<script src="a.js"></script><script type="application/json">{}</script>',
    ),
  );
  assert.ok(!html.includes('sha256-'));
});

test('withPolicy() loads nothing from elsewhere by default', () => {
  assert.ok(withPolicy(page('')).includes("default-src 'none'"));
});
