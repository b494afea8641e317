import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAndUpdatePod } from '../../runnable/kubelet/config/classify.ts';
import { port } from '../../src/chapter/ports/kubelet-container-gc.ts';
import { deleted, onNode, podOf } from './subtle-points/node.ts';

test('checkAndUpdatePod() takes over all that the source says, or no longer says', () => {
  const stored = deleted(podOf('web'));
  const given = podOf('web');
  assert.equal(checkAndUpdatePod(stored, given), 'update');
  assert.deepEqual(stored.metadata, {
    ...given.metadata,
    labels: {},
    annotations: {},
  });
  assert.equal(checkAndUpdatePod(stored, given), 'unchanged');
});

test('garbageCollect() keeps containers whose sandbox is gone apart', async () => {
  const container = (id: string, createdAt: string) => ({
    ...{ id, podUID: 'p', name: id, state: 'exited', createdAt },
    sandboxID: 'gone',
  });
  const answer = await port.answer({
    containers: [
      container('c2', '2019-01-01T00:02:00Z'),
      container('c1', '2019-01-01T00:01:00Z'),
    ],
    policy: { minAge: '0s', maxPerPodContainer: 1, maxContainers: -1 },
    now: '2019-01-01T01:00:00Z',
  });
  assert.deepEqual(answer, { removed: [] });
});

test('a garbage collection that fails is an event of the node', async () => {
  await onNode(
    async ({ kubelet, sim }) => {
      await sim.sleep(1000);
      const { events } = kubelet.recorder;
      assert.deepEqual(
        events.map(({ object, reason, message }) => [
          object.kind,
          reason,
          message,
        ]),
        [['Node', 'ContainerGCFailed', 'no']],
      );
    },
    {
      script: { fault: (call) => (call.startsWith('list') ? 'no' : undefined) },
    },
  );
});
