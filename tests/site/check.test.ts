import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { checkSite } from '../../src/site/check.ts';

let dist = '';

before(() => {
  dist = mkdtempSync(join(tmpdir(), 'check-'));
  mkdirSync(join(dist, 'a'));
});
after(() => {
  rmSync(dist, { recursive: true });
});

function check(html: string): string {
  writeFileSync(join(dist, 'index.html'), '<h1 id="top">Home</h1>');
  writeFileSync(join(dist, 'a', 'index.html'), html);
  return checkSite(dist);
}

test('checkSite() follows links to folders, files and anchors', () => {
  const html =
    '<p id="here"><a href="../">a</a><a href="../#top">b</a><a href="#here">c</a>';
  assert.equal(check(html), '2 pages, no dead link');
});

test('checkSite() leaves links to steps to the player', () => {
  assert.ok(check('<a href="../#run=a&amp;at=call+A.b">a</a>'));
});

for (const to of ['../none/', '#none', '../#none', '../../']) {
  test(`checkSite() finds that ${to} leads nowhere`, () => {
    assert.throws(() => check(`<a href="${to}">a</a>`), {
      message: `failed\na/index.html leads nowhere: ${to}`,
    });
  });
}

test('checkSite() lets a reader go elsewhere, and loads nothing from there', () => {
  assert.ok(check('<a href="https://a.example/">a</a>'));
  assert.throws(
    () => check('<img src="https://a.example/b.png">'),
    /a\/index\.html loads from another host: https:\/\/a\.example\/b\.png/,
  );
});
