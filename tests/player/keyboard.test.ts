import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyHelp } from '../../src/player/key-help.ts';
import { wishOf, type KeyPlace } from '../../src/player/keyboard.ts';
import { planOf } from '../../src/player/plan.ts';

const page: KeyPlace = {
  inStage: false,
  inField: false,
  onControl: false,
  inScroller: false,
  letters: true,
};
const stage: KeyPlace = { ...page, inStage: true };

test('wishOf() steps from anywhere on the page', () => {
  assert.deepEqual(wishOf('ArrowRight', page, []), { type: 'step' });
  assert.deepEqual(wishOf('k', page, []), { type: 'back' });
});

test('wishOf() leaves keys that scroll to the page, unless the stage has the focus', () => {
  assert.equal(wishOf(' ', page, []), undefined);
  assert.equal(wishOf('Home', page, []), undefined);
  assert.deepEqual(wishOf('End', stage, []), { type: 'last' });
  assert.equal(
    wishOf('ArrowDown', { ...stage, inScroller: true }, []),
    undefined,
  );
  assert.deepEqual(wishOf('ArrowRight', { ...stage, inScroller: true }, []), {
    type: 'step',
  });
});

test('wishOf() leaves fields and pressed buttons their keys', () => {
  assert.equal(
    wishOf('ArrowRight', { ...stage, inField: true }, []),
    undefined,
  );
  assert.equal(wishOf(' ', { ...stage, onControl: true }, []), undefined);
  assert.deepEqual(wishOf('Escape', { ...stage, inField: true }, []), {
    type: 'close',
  });
});

test('wishOf() opens the views that there are, by their place', () => {
  assert.deepEqual(wishOf('5', page, ['all', 'lanes']), {
    type: 'view',
    view: 'lanes',
  });
  assert.equal(wishOf('6', page, ['all', 'lanes']), undefined);
  assert.equal(wishOf('toString', page, []), undefined);
});

test('wishOf() leaves letters to the page when the reader wants it so', () => {
  const quiet: KeyPlace = { ...page, letters: false };
  assert.equal(wishOf('j', quiet, []), undefined);
  assert.equal(wishOf('?', quiet, []), undefined);
  assert.deepEqual(wishOf('ArrowRight', quiet, []), { type: 'step' });
  assert.deepEqual(wishOf('j', { ...quiet, inStage: true }, []), {
    type: 'step',
  });
});

test('keyHelp names every single letter the table knows', () => {
  const listed = new Set(keyHelp.flatMap(([keys]) => keys.split(' ')));
  for (const key of [
    'b',
    'B',
    'v',
    'V',
    'o',
    'O',
    'a',
    'A',
    '1',
    '2',
    '3',
    'p',
    'f',
    'd',
    'c',
    '?',
  ])
    assert.ok(listed.has(key) && wishOf(key, page, []), key);
});

test('planOf() shows four panes at most, the wire where all is bytes', () => {
  assert.deepEqual(
    [...planOf(['all', 'lanes', 'objects', 'states', 'queues', 'source'])],
    [
      ['lanes', 'left'],
      ['objects', 'top'],
      ['source', 'main'],
      ['queues', 'foot'],
    ],
  );
  assert.deepEqual(
    [...planOf(['all', 'lanes', 'objects', 'states', 'wire', 'source'])],
    [
      ['lanes', 'left'],
      ['objects', 'top'],
      ['source', 'main'],
      ['states', 'foot'],
    ],
  );
  assert.deepEqual(
    [...planOf(['all', 'lanes', 'states', 'wire', 'source'])],
    [
      ['lanes', 'left'],
      ['states', 'top'],
      ['wire', 'main'],
    ],
  );
});
