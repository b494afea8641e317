import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newTracker } from '../../../runnable/knative/tracker/enqueue.ts';
import { VirtualClock } from '../../../runnable/sim/clock.ts';

const ref = {
  apiVersion: 'serving.knative.dev/v1alpha1',
  kind: 'Configuration',
  namespace: 'default',
  name: 'a',
};
const object = {
  apiVersion: ref.apiVersion,
  kind: ref.kind,
  metadata: { namespace: ref.namespace, name: ref.name },
};

function world() {
  const clock = new VirtualClock(0);
  const keys: string[] = [];
  const tracker = newTracker((key) => keys.push(key), 1000, clock);
  const wait = (delay: number): void => {
    clock.after(delay, () => undefined);
    clock.advance();
  };
  return { keys, tracker, wait };
}

test('track() queues the key at once, but only the first time', () => {
  const { keys, tracker } = world();
  tracker.track(ref, 'default/r');
  tracker.track(ref, 'default/r');
  assert.deepEqual(keys, ['default/r']);
});

test('onChanged() queues everybody who tracks the object', () => {
  const { keys, tracker } = world();
  tracker.track(ref, 'default/r');
  tracker.track(ref, 'default/s');
  tracker.track({ ...ref, name: 'b' }, 'default/t');
  keys.length = 0;
  tracker.onChanged(object);
  assert.deepEqual(keys, ['default/r', 'default/s']);
});

test('onChanged() forgets a watcher after its lease, and track() renews it', () => {
  const { keys, tracker, wait } = world();
  tracker.track(ref, 'default/r');
  wait(800);
  tracker.track(ref, 'default/r');
  wait(800);
  tracker.onChanged(object);
  assert.deepEqual(keys, ['default/r', 'default/r']);
  wait(201);
  tracker.onChanged(object);
  assert.equal(keys.length, 2);
  tracker.track(ref, 'default/r');
  assert.equal(keys.length, 3);
});

test('track() lists what is wrong with a reference, sorted by field', () => {
  const { tracker } = world();
  assert.throws(() => {
    tracker.track({ ...ref, kind: 'a b', name: 'A', namespace: '' }, 'k');
  }, /^Error: Invalid ObjectReference:\nKind: .*\nName: .*\nNamespace: .*$/);
});
