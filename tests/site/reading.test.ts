import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TraceModel } from '../../src/trace/model.ts';
import { outlineOf } from '../../src/site/outline.ts';
import { placeBeat, recordedIn } from '../../src/site/reading.ts';
import type { Reading, Recorded } from '../../src/site/reading.ts';

/** A run with two steps, as far as beats ask. */
const model = {
  find: (address: string) => ['call A.b', 'call C.d'].indexOf(address) * 10,
  nearest: () => ['call A.b', 'call C.d'],
  at: (_: string, row: number) => row / 10 + 1,
  step: (_: string, n: number) => ({ sentence: `Step ${String(n)}.` }),
};

function readingOf(body: string): Reading {
  const told = {
    ...model,
    find: (address: string) => {
      const row = model.find(address);
      return row < 0 ? undefined : row;
    },
  } as unknown as TraceModel;
  const recorded = { model: told, trace: {} } as unknown as Recorded;
  return {
    chapter: 'knative/02-service',
    file: 'content/knative/02-service/index.mdx',
    scenarios: ['one', 'two'],
    outline: outlineOf(body, 'one'),
    recorded: new Map([
      ['one', recorded],
      ['two', recorded],
    ]),
    rendered: new Map(),
  };
}

test('placeBeat() finds the step and its sentence', () => {
  const beat = placeBeat(readingOf('<Beat at="call C.d">x</Beat>'), 'call C.d');
  assert.deepEqual(beat, {
    at: 'call C.d',
    scenario: 'one',
    n: 1,
    step: 2,
    sentence: 'Step 2.',
  });
});

test('placeBeat() tells two beats of one address apart by their order', () => {
  const reading = readingOf(
    '<Beat at="call A.b">x</Beat><Stage scenario="two" /><Beat at="call A.b">y</Beat>',
  );
  assert.equal(placeBeat(reading, 'call A.b').scenario, 'one');
  assert.equal(placeBeat(reading, 'call A.b').scenario, 'two');
});

test('placeBeat() names file, scenario, address and the nearest ones', () => {
  assert.throws(
    () => placeBeat(readingOf('<Beat at="call A.c">x</Beat>'), 'call A.c'),
    {
      name: 'RangeError',
      message:
        'Cannot find a step of content/knative/02-service/index.mdx: scenario "one" never reaches "call A.c"; nearest are "call A.b", "call C.d"',
    },
  );
});

test('recordedIn() names the scenarios that the top matter lists', () => {
  assert.throws(() => recordedIn(readingOf(''), 'three'), {
    message:
      'Cannot put scenario "three" on the stage in content/knative/02-service/index.mdx: its top matter lists "one", "two"',
  });
});
