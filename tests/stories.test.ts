/**
 * Every scenario tells the story that was accepted for it. When a change of
 * behaviour is wanted, read the difference, then run `npm run stories`.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  acceptedStories,
  acceptedStory,
  currentStories,
} from '../src/chapter/stories.ts';

/** Addresses and sentences; the numbers of steps are only for reading aloud. */
const unnumbered = (text: string): string[] =>
  text.split('\n').map((line) => line.replace(/^ *\d+ {2}/, ''));

test('every scenario tells its accepted story, and no story is left over', async (t) => {
  const told: string[] = [];
  for await (const { path, text } of currentStories()) {
    told.push(path);
    await t.test(path, () => {
      const accepted = acceptedStory(path);
      assert.ok(accepted !== undefined, `${path} is missing: npm run stories`);
      assert.deepEqual(unnumbered(text), unnumbered(accepted));
    });
  }
  assert.deepEqual(acceptedStories(), told.toSorted());
});
