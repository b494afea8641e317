import assert from 'node:assert/strict';
import test from 'node:test';
import { EventRecorder } from '../../../../runnable/client-go/tools/record/event.ts';

test('an EventRecorder keeps what it was told, in order', () => {
  const recorder = new EventRecorder('service-controller');
  const object = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' } };
  recorder.event(object, 'Normal', 'Created', 'done');
  recorder.eventf(
    object,
    'Warning',
    'Failed',
    'No %q: %v',
    'x',
    new Error('y'),
  );
  assert.deepEqual(recorder.events, [
    { object, type: 'Normal', reason: 'Created', message: 'done' },
    { object, type: 'Warning', reason: 'Failed', message: 'No "x": y' },
  ]);
});
