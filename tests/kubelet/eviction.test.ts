import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handlePodAdditions } from '../../runnable/kubelet/handlers/handlers.ts';
import type { Pod } from '../../runnable/kubelet/api/v1.ts';
import { atRest, podOf } from './subtle-points/node.ts';

/** A pod of the given source, of the highest priority there is. */
function critical(name: string, source: string): Pod {
  const pod = podOf(name, { priority: 2_000_001_000 });
  const annotations = { 'kubernetes.io/config.source': source };
  return { ...pod, metadata: { ...pod.metadata, annotations } };
}

test('synchronize() leaves a critical pod alone only if it is static', async () => {
  for (const [source, evicted] of [
    ['file', []],
    ['api', ['Evicted']],
  ] as const) {
    await atRest(async ({ kubelet, sim }) => {
      handlePodAdditions(kubelet, [critical('web', source)]);
      kubelet.evictionManager.memoryPressure = true;
      const looked = kubelet.evictionManager.synchronize();
      await sim.sleep(20_000);
      await looked;
      const reasons = kubelet.recorder.events.map(({ reason }) => reason);
      assert.deepEqual(
        reasons.filter((reason) => reason === 'Evicted'),
        evicted,
      );
    });
  }
});

test('admit() refuses whoever claims nothing while memory is short', async () => {
  await atRest(async ({ kubelet }) => {
    kubelet.evictionManager.memoryPressure = true;
    const requests = { memory: '1Mi' };
    const containers = [
      { name: 'app', image: 'app:1', resources: { requests } },
    ];
    const admitted = [
      podOf('none'),
      podOf('some', { containers }),
      critical('all', 'api'),
    ].map((pod) => kubelet.evictionManager.admit({ pod, otherPods: [] }).admit);
    assert.deepEqual(admitted, [false, true, true]);
  });
});
