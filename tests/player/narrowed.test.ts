import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callerOf, everything, narrowed } from '../../src/player/narrowed.ts';
import { machineTrace } from '../../src/site/machine-trace.ts';
import { openTrace } from '../../src/trace/open.ts';
import type { Filter } from '../../src/player/narrowed.ts';
import type { Level, TraceModel } from '../../src/trace/model.ts';
import { levels } from '../../src/trace/model.ts';

const whole = openTrace(machineTrace({ rows: 2000, objects: 6, workers: 4 }));
const filtered = (filter: Partial<Filter>): TraceModel =>
  narrowed(whole, { ...everything, ...filter });

const stepsOf = (model: TraceModel, level: Level = 'story') =>
  Array.from({ length: model.count(level) }, (_, at) =>
    model.step(level, at + 1),
  );

test('narrowed() with nothing left out answers as the whole trace', () => {
  const same = filtered({});
  for (const level of levels) {
    assert.deepEqual(stepsOf(same, level), stepsOf(whole, level));
    assert.deepEqual(same.arrows(level, 3, 9), whole.arrows(level, 3, 9));
    assert.deepEqual(same.stepsOf(1, level), whole.stepsOf(1, level));
  }
  assert.deepEqual(same.lanes, whole.lanes);
});

test('narrowed() leaves a hidden actor out of steps, lanes and arrows', () => {
  const model = filtered({ hidden: [1] });
  assert.deepEqual(
    model.lanes.map(({ id }) => id),
    ['worker-0', 'worker-2', 'worker-3'],
  );
  const left = stepsOf(whole).filter(({ lane }) => lane !== 1);
  assert.deepEqual(
    stepsOf(model).map(({ row }) => row),
    left.map(({ row }) => row),
  );
  for (const { lane, n, row } of stepsOf(model)) {
    assert.equal(model.at('story', row), n);
    assert.ok(lane < 3);
  }
  const arrows = model.arrows('story', 1, model.count('story'));
  assert.ok(arrows.length > 0);
  for (const { from, to } of arrows)
    assert.ok(from.lane >= 0 && to.lane >= 0 && from.lane !== to.lane);
});

test('narrowed() draws a folded actor on the lane of who calls it', () => {
  const caller = callerOf(whole, 2);
  assert.equal(caller, 1);
  const model = filtered({ folded: [2] });
  assert.equal(model.count('story'), whole.count('story'));
  const moved = stepsOf(whole).filter(({ lane }) => lane === 2);
  assert.ok(moved.length > 0);
  for (const { n } of moved) assert.equal(model.step('story', n).lane, 1);
  assert.ok(
    model.intervals(1, 0, 500).length >= whole.intervals(1, 0, 500).length,
  );
});

test('narrowed() keeps the steps that change one object', () => {
  const id = 'Thing/default/object-3';
  const model = filtered({ thing: id });
  const steps = stepsOf(model);
  assert.ok(steps.length > 0 && steps.length < whole.count('story') / 4);
  for (const { row } of whole.changesOf(id).map((at) => ({ row: at }))) {
    const n = model.at('story', whole.find(whole.addressOf(row)) ?? -1);
    assert.ok(n > 0);
  }
});

test('narrowed() leads an address that is left out to the step before it', () => {
  const model = filtered({ hidden: [1] });
  const gone = stepsOf(whole).find(({ lane, n }) => lane === 1 && n > 20);
  const row = model.find(gone?.address ?? '');
  assert.ok(row !== undefined && row < (gone?.row ?? 0));
  assert.notEqual(model.step('story', model.at('story', row)).lane, -1);
});
