import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { machineTrace } from '../../src/site/machine-trace.ts';
import { openSlowly, openTrace } from '../../src/trace/open.ts';
import { writeTrace } from '../../src/trace/pack.ts';
import { readTrace } from '../../src/trace/read.ts';
import { each, finish } from '../../src/trace/slices.ts';
import { levels } from '../../src/trace/model.ts';

describe('each()', () => {
  it('visits every number once, and rests in between', () => {
    const seen: number[] = [];
    const work = each(10, (at) => seen.push(at), 4);
    let rests = 0;
    while (work.next().done !== true) rests += 1;
    assert.deepEqual(seen, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert.equal(rests, 2);
  });
});

describe('openSlowly()', () => {
  const trace = machineTrace({ rows: 20_000, objects: 8, workers: 4 });

  it('gives what openTrace gives', () => {
    const slow = finish(openSlowly(trace));
    const quick = openTrace(trace);
    for (const level of levels) {
      const count = quick.count(level);
      assert.equal(slow.count(level), count);
      for (const n of [1, count >> 1, count]) {
        assert.deepEqual(slow.step(level, n), quick.step(level, n));
      }
      assert.deepEqual(slow.arrows(level, 50, 90), quick.arrows(level, 50, 90));
    }
    for (const row of [10, 10_000, 19_999]) {
      assert.deepEqual(slow.things(row), quick.things(row));
      assert.deepEqual(slow.slots(row), quick.slots(row));
      assert.deepEqual(slow.machines(row), quick.machines(row));
      assert.deepEqual(slow.intervals(1, row, row + 400), [
        ...quick.intervals(1, row, row + 400),
      ]);
    }
  });

  it('rests often', () => {
    const work = openSlowly(trace);
    let rests = 0;
    while (work.next().done !== true) rests += 1;
    assert.ok(rests > 60, `${rests} rests`);
  });
});

describe('machineTrace()', () => {
  it('makes a trace that passes every check, and comes back from a file', () => {
    const trace = machineTrace({ rows: 3000, objects: 5, workers: 3 });
    const text = writeTrace(trace);
    const back = readTrace(JSON.parse(text));
    assert.equal(writeTrace(back), text);
    assert.deepEqual(back.events.frame, trace.events.frame);
  });
});
