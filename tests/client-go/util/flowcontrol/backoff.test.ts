import assert from 'node:assert/strict';
import test from 'node:test';
import { Backoff } from '../../../../runnable/client-go/util/flowcontrol/backoff.ts';
import { Sim } from '../../../../runnable/sim/sim.ts';

/** A run with the kubelet's back-off in it: from 10 s to 300 s. */
function withBackoff(
  body: (backoff: Backoff, sim: Sim) => Promise<void>,
): Promise<void> {
  const sim = new Sim({ seed: 1 });
  return sim.run(() => body(new Backoff(sim, 10_000, 300_000), sim));
}

test('next() doubles the wait up to the longest', () =>
  withBackoff(async (backoff, sim) => {
    const waits: number[] = [];
    assert.equal(backoff.get('a'), 0);
    for (let crash = 0; crash < 7; crash++) {
      backoff.next('a', sim.now());
      waits.push(backoff.get('a') / 1000);
    }
    assert.deepEqual(waits, [10, 20, 40, 80, 160, 300, 300]);
    assert.equal(backoff.get('b'), 0);
  }));

test('next() begins anew after twice the longest wait', () =>
  withBackoff(async (backoff, sim) => {
    backoff.next('a', sim.now());
    backoff.next('a', sim.now() + 600_000);
    assert.equal(backoff.get('a'), 20_000);
    backoff.next('a', sim.now() + 600_001);
    assert.equal(backoff.get('a'), 10_000);
  }));

test('isInBackOffSince() compares the clock with the event', () =>
  withBackoff(async (backoff, sim) => {
    const crash = sim.now();
    assert.equal(backoff.isInBackOffSince('a', crash), false);
    backoff.next('a', crash);
    await sim.sleep(9_999);
    assert.equal(backoff.isInBackOffSince('a', crash), true);
    await sim.sleep(1);
    assert.equal(backoff.isInBackOffSince('a', crash), false);
    assert.equal(backoff.isInBackOffSince('a', crash + 600_001), false);
  }));

test('isInBackOffSinceUpdate() compares the event with the last update', () =>
  withBackoff(async (backoff, sim) => {
    const update = sim.now();
    assert.equal(backoff.isInBackOffSinceUpdate('a', update), false);
    backoff.next('a', update);
    await sim.sleep(60_000);
    assert.equal(backoff.isInBackOffSinceUpdate('a', update + 9_999), true);
    assert.equal(backoff.isInBackOffSinceUpdate('a', update + 10_000), false);
    assert.equal(backoff.isInBackOffSinceUpdate('a', update + 700_000), false);
  }));

test('reset(), deleteEntry() and gc() forget', () =>
  withBackoff(async (backoff, sim) => {
    for (const id of ['reset', 'delete', 'old']) backoff.next(id, sim.now());
    backoff.reset('reset');
    backoff.deleteEntry('delete');
    await sim.sleep(600_001);
    backoff.next('new', sim.now());
    backoff.gc();
    assert.deepEqual(
      ['reset', 'delete', 'old', 'new'].map((id) => backoff.get(id)),
      [0, 0, 0, 10_000],
    );
  }));
