import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linksBelow, relativeLinks } from '../../src/site/relative.ts';

test('relativeLinks() counts the folders of the page', () => {
  const html = '<a class="x" href="/about/">A</a>';
  assert.equal(
    relativeLinks(html, 'knative/02-service/index.html'),
    '<a class="x" href="../../about/">A</a>',
  );
  assert.equal(
    relativeLinks(html, 'index.html'),
    '<a class="x" href="./about/">A</a>',
  );
});

test('relativeLinks() changes every address of a tag', () => {
  assert.equal(
    relativeLinks(
      '<astro-island component-url="/assets/a.js" renderer-url="/assets/b.js">',
      'a/index.html',
    ),
    '<astro-island component-url="../assets/a.js" renderer-url="../assets/b.js">',
  );
});

test('relativeLinks() leaves other hosts, anchors and text alone', () => {
  const html =
    '<a href="https://a.example/b">/about/</a><a href="#x"></a><a href="//a.example">';
  assert.equal(relativeLinks(html, 'a/index.html'), html);
});

test('relativeLinks() tells scripts where the site begins', () => {
  assert.equal(
    relativeLinks('<html data-root="/">', 'a/b/index.html'),
    '<html data-root="../../">',
  );
});

test('linksBelow() starts the links of a page at a folder', () => {
  assert.equal(
    linksBelow('<head><title>', '/loop'),
    '<head><base href="/loop/"><title>',
  );
});
