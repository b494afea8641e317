import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { serve } from '../../src/site/serve.ts';
import type { Serving } from '../../src/site/serve.ts';

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

let folder = '';
let first: Serving;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'serve-'));
  mkdirSync(join(folder, 'site', 'a'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'site', 'index.html'), '<h1>Home</h1>');
  writeFileSync(join(folder, 'site', 'a', 'index.html'), '<h1>A</h1>');
  writeFileSync(join(folder, 'site', '404.html'), '<h1>Nothing</h1>');
  const own = join(folder, 'book', 'kubelet', '02-pods', 'parking');
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, 'trace.json'), '{}');
  writeFileSync(join(own, 'pods.ts'), 'mine');
  first = await serve(join(folder, 'site'), 45100, join(folder, 'book'));
});

after(() => {
  first.server.close();
  first.server.closeAllConnections();
  rmSync(folder, { recursive: true });
});

/** Asks with the path as it is: `fetch` would resolve its dots. */
function ask(path: string, options = {}, at = first.address): Promise<Answer> {
  return new Promise((settle, fail) => {
    const { hostname, port } = new URL(at);
    request({ hostname, port, path, ...options }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const { statusCode: status, headers } = response;
        settle({ status, headers, body: Buffer.concat(chunks) });
      });
    })
      .on('error', fail)
      .end();
  });
}

test('serve() answers a folder with its index', async () => {
  const { status, headers, body } = await ask('/a/');
  assert.equal(status, 200);
  assert.equal(headers['content-type'], 'text/html; charset=utf-8');
  assert.equal(String(body), '<h1>A</h1>');
});

test('serve() adds the slash that relative links need', async () => {
  const { status, headers } = await ask('/a?q=1');
  assert.equal(status, 308);
  assert.equal(headers['location'], '/a/?q=1');
});

test('serve() compresses for those who ask', async () => {
  const { headers, body } = await ask('/', {
    headers: { 'accept-encoding': 'gzip' },
  });
  assert.equal(headers['content-encoding'], 'gzip');
  assert.equal(String(gunzipSync(body)), '<h1>Home</h1>');
});

for (const path of [
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/a/..%2f..%2fsecret.txt',
  '/..%5csecret.txt',
  '/%00',
  '/%E0%A4%A',
  '/none',
]) {
  test(`serve() answers 404 for ${path}`, async () => {
    const { status, body } = await ask(path);
    assert.equal(status, 404);
    assert.equal(String(body), '<h1>Nothing</h1>');
  });
}

test('serve() answers 304 when the reader has the file', async () => {
  const { headers } = await ask('/');
  const again = await ask('/', {
    headers: { 'if-none-match': headers['etag'] },
  });
  assert.equal(again.status, 304);
});

test('serve() refuses to be written to', async () => {
  assert.equal((await ask('/', { method: 'PUT' })).status, 405);
});

test('serve() takes the next port when one is taken', async () => {
  const second = await serve(
    join(folder, 'site'),
    Number(new URL(first.address).port),
  );
  try {
    assert.notEqual(second.address, first.address);
    assert.equal((await ask('/', {}, second.address)).status, 200);
  } finally {
    second.server.close();
    second.server.closeAllConnections();
  }
});

test('serve() answers with the runs of a workbook, and with nothing else', async () => {
  const own = '/workbook/kubelet/02-pods/parking';
  const { status, headers, body } = await ask(`${own}/trace.json`);
  assert.equal(status, 200);
  assert.equal(headers['content-type'], 'application/json; charset=utf-8');
  assert.equal(String(body), '{}');
  for (const path of [
    `${own}/pods.ts`,
    `${own}/reference.json`,
    `${own}/../parking/trace.json/..`,
    `${own}/..%2f..%2f..%2fsecret.txt`,
    '/workbook/progress.json',
    '/workbook/',
  ]) {
    assert.equal((await ask(path)).status, 404, path);
  }
});
