import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instrument } from '../../../src/trace/instrument/instrument.ts';
import { readStories } from '../../../src/trace/instrument/stories.ts';

test('readStories() joins a tag that runs over several lines', () => {
  const comment = `*
   * Delivers a request.
   *
   * @story as {options.updateType}
   * @story when parked == 'kept': A request arrives
   *   and is dropped, because
   *   a parked kill stays.
   *
   * Not part of it.
   * @upstream a b
   *   c d
   * @story
   *   Begins on the next line.
   `;
  assert.deepEqual(readStories(comment), [
    'as {options.updateType}',
    "when parked == 'kept': A request arrives and is dropped, because a parked kill stays.",
    'Begins on the next line.',
  ]);
});

test('readStories() finds a tag on the only line', () => {
  assert.deepEqual(readStories('* @story as {name} '), ['as {name}']);
});

/** Stories by symbol of a text in which every story is called `@story Of …`. */
const storiesIn = (text: string): Record<string, readonly string[]> =>
  Object.fromEntries(
    instrument(text, 'a.ts').sites.flatMap(({ symbol, story }) =>
      story === undefined ? [] : [[symbol, story]],
    ),
  );

test('instrument() finds the stories of every form of function', () => {
  const text = `
    /** @story Of f. */
    function f() {}
    /** @story Of g. */
    export function g() {}
    /** @story Of h. */
    export const h = async (): Promise<void> => {};
    class C {
      /** @story Of m. */
      m() {}
      /** @story Of p. */
      async #p() {}
      /** @story Of a. */
      a = () => 1;
    }
    const o = {
      /** @story Of run. */
      run() {},
      /** @story Of end. */
      end: () => 1,
    };
    /** @story Of the default. */
    export default function () {}
  `;
  assert.deepEqual(storiesIn(text), {
    f: ['Of f.'],
    g: ['Of g.'],
    h: ['Of h.'],
    'C.m': ['Of m.'],
    'C.#p': ['Of p.'],
    'C.a': ['Of a.'],
    'o.run': ['Of run.'],
    'o.end': ['Of end.'],
    default: ['Of the default.'],
  });
});

test('instrument() takes the nearest doc comment and no other', () => {
  const text = `
    /** @story Of nobody. */

    /** Says nothing. */
    function f() {}
    // @story Of nobody.
    function g() {}
    /* @story Of nobody. */
    function h() {}
  `;
  assert.deepEqual(storiesIn(text), {});
});
