import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  firstWord,
  shapeOf,
  wordCount,
} from '../../../src/trace/sentence/shape.ts';

describe('shapeOf()', () => {
  it('is the first word and the main verb', () => {
    assert.equal(shapeOf('The user creates Route `a`.'), 'the creates');
    assert.equal(
      shapeOf('Because it is empty, the loop waits.'),
      'because waits',
    );
    assert.equal(shapeOf('`Ready` is True.'), '`ready` is');
  });
});

describe('firstWord()', () => {
  it('takes a code span as one word', () => {
    assert.equal(firstWord('`a b` ends.'), '`a b`');
    assert.equal(firstWord('Now, it ends.'), 'now');
  });
});

describe('wordCount()', () => {
  it('counts a code span as one and a dash as none', () => {
    assert.equal(wordCount('Key `a b c` waits – still.'), 4);
  });
});
