import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { newLivingConditionSet } from '../../../../../runnable/knative/apis/duck/v1alpha1/condition-set.ts';
import type { ConditionsAccessor } from '../../../../../runnable/knative/apis/duck/v1alpha1/condition-set.ts';
import { VirtualClock } from '../../../../../runnable/sim/clock.ts';

const set = newLivingConditionSet('A', 'B');

function world(status: ConditionsAccessor = {}) {
  const clock = new VirtualClock(0);
  const manager = set.manage(status, clock);
  const words = (): string =>
    (status.conditions ?? [])
      .map(({ type, status: word, reason }) =>
        [type, word, reason].filter(Boolean).join(' '),
      )
      .join(', ');
  return { clock, status, manager, words };
}

test('initializeConditions() adds what is missing as Unknown, sorted by type', () => {
  const { manager, words } = world({
    conditions: [{ type: 'B', status: 'True' }],
  });
  manager.initializeConditions();
  assert.equal(words(), 'A Unknown, B True, Ready Unknown');
});

test('markTrue() turns the happy condition True with the last dependent', () => {
  const { manager, words } = world();
  manager.initializeConditions();
  manager.markTrue('A');
  assert.equal(words(), 'A True, B Unknown, Ready Unknown');
  manager.markTrue('B');
  assert.equal(words(), 'A True, B True, Ready True');
  assert.ok(manager.isHappy());
});

test('markTrue() leaves the reason of an old failure in the happy condition', () => {
  const { manager, words } = world();
  manager.markFalse('A', 'Broken', 'it broke');
  manager.markTrue('A');
  assert.equal(words(), 'A True, Ready False Broken');
});

test('markUnknown() lets a failed dependent outweigh it', () => {
  const { manager, words } = world();
  manager.markFalse('A', 'Broken', 'it broke');
  manager.markUnknown('B', 'Waiting', 'it waits');
  assert.equal(
    words(),
    'A False Broken, B Unknown Waiting, Ready False Broken',
  );
});

test('markUnknown() gives a happy condition that is not False its own reason', () => {
  const { manager, words } = world({
    conditions: [
      { type: 'A', status: 'False', reason: 'Broken' },
      { type: 'Ready', status: 'Unknown' },
    ],
  });
  manager.markUnknown('B', 'Waiting', 'it waits');
  assert.equal(
    words(),
    'A False Broken, B Unknown Waiting, Ready False Waiting',
  );
});

test('markFalse() outside the set marks an Info condition and nothing else', () => {
  const { manager, status } = world();
  manager.markFalse('Active', 'NoTraffic', 'nobody asks');
  assert.deepEqual(
    status.conditions?.map(({ type, severity }) => [type, severity]),
    [['Active', 'Info']],
  );
});

test('setCondition() keeps the time of a condition that says nothing new', () => {
  const { clock, manager, status } = world();
  manager.markTrue('A');
  const before = status.conditions;
  clock.after(5000, () => undefined);
  clock.advance();
  manager.markTrue('A');
  assert.equal(status.conditions, before);
  manager.markFalse('A', 'Broken', 'it broke');
  assert.equal(
    manager.getCondition('A')?.lastTransitionTime,
    '1970-01-01T00:00:05Z',
  );
});

test('markUnknown() formats its message, so a stray percent sign shows', () => {
  const { manager } = world();
  manager.markUnknown('A', 'Odd', '100% sure');
  assert.equal(manager.getCondition('A')?.message, '100%!s(MISSING)ure');
});

test('the happy condition is True only when every dependent is', () => {
  const mark = fc.record({
    how: fc.constantFrom('markTrue', 'markUnknown', 'markFalse'),
    type: fc.constantFrom('A', 'B'),
  });
  fc.assert(
    fc.property(fc.array(mark, { maxLength: 12 }), (marks) => {
      const { manager, status } = world();
      manager.initializeConditions();
      for (const { how, type } of marks) {
        if (how === 'markTrue') manager.markTrue(type);
        if (how === 'markUnknown') manager.markUnknown(type, 'R', 'm');
        if (how === 'markFalse') manager.markFalse(type, 'R', 'm');
      }
      const types = status.conditions?.map(({ type }) => type);
      assert.deepEqual(types, ['A', 'B', 'Ready']);
      const all = ['A', 'B'].every(
        (type) => manager.getCondition(type)?.status === 'True',
      );
      assert.equal(manager.isHappy(), all);
    }),
  );
});
