import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeLink, encodeLink, encodePage } from '../../src/player/link.ts';
import { views } from '../../src/player/state.ts';
import { levels } from '../../src/trace/model.ts';

const scenarios = ['hello-world', 'conflict'];

test('decodeLink() reads back what encodeLink() wrote', () => {
  const wish = fc.record({
    scenario: fc.constantFrom(...scenarios),
    address: fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 80 })
      .map((text) => `store.create ${text.replace(/\p{C}/gu, '')}x`),
    level: fc.constantFrom(...levels),
    view: fc.constantFrom(...views),
  });
  fc.assert(
    fc.property(wish, (one) => {
      const { level, view, ...rest } = one;
      const fragment = encodeLink(one);
      if (fragment.length > 1000) return;
      assert.deepEqual(decodeLink(fragment, scenarios), {
        ...rest,
        ...(level !== 'story' && { level }),
        ...(view !== 'all' && { view }),
      });
    }),
  );
});

test('encodePage() is readable and names the chapter', () => {
  assert.equal(
    encodePage('knative/02-service', {
      scenario: 'conflict',
      address: 'store.conflict Service default/a #2',
      level: 'calls',
      view: 'all',
    }),
    'knative/02-service/#run=conflict&at=store.conflict+Service+default/a+%232&level=calls',
  );
});

test('decodeLink() never throws, and passes on only what it knows', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const wish = decodeLink(
        `#run=${text}&at=${text}&level=${text}`,
        scenarios,
      );
      assert.ok(!wish?.scenario || scenarios.includes(wish.scenario));
      assert.ok(!wish?.level || levels.includes(wish.level));
    }),
  );
});

test('decodeLink() leaves ordinary anchors alone', () => {
  assert.equal(decodeLink('#what-we-left-out', scenarios), undefined);
  assert.equal(decodeLink('', scenarios), undefined);
});

test('decodeLink() leaves out an unknown run, hostile text and too long a text', () => {
  assert.deepEqual(decodeLink('#run=other&at=<script>&view=x', scenarios), {});
  assert.deepEqual(decodeLink('#at=call+a%00b', scenarios), {});
  assert.equal(
    decodeLink(`#at=call+${'a'.repeat(2000)}`, scenarios),
    undefined,
  );
});
