import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pod, PodSpec } from '../../runnable/kubelet/api/v1.ts';
import { killContainer } from '../../runnable/kubelet/kuberuntime/kill-container.ts';
import { NodeWorld } from '../../runnable/scenarios/kubelet/node-world.ts';
import { Backoff } from '../../runnable/client-go/util/flowcontrol/backoff.ts';
import { emptyPodStatus } from '../../runnable/kubelet/container/runtime.ts';
import { Sim } from '../../runnable/sim/sim.ts';

/** How many seconds a stubborn container lives after it is to be killed. */
async function lifetime(
  spec: Partial<PodSpec>,
  options: {
    readonly hookTakes?: number;
    readonly deletionGrace?: number;
    readonly override?: number;
  } = {},
): Promise<number> {
  const { hookTakes, deletionGrace, override } = options;
  const sim = new Sim({ seed: 1 });
  const world = new NodeWorld(sim, {
    script: {
      container: () => ({ stops: 'never' }),
      exec: () => ({ takes: hookTakes ?? 0 }),
    },
  });
  const lifecycle = { preStop: { exec: { command: ['bye'] } } };
  const pod: Pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'web',
      namespace: 'default',
      uid: 'uid-web',
      ...(deletionGrace === undefined
        ? {}
        : { deletionGracePeriodSeconds: deletionGrace }),
    },
    spec: {
      containers: [
        {
          name: 'app',
          image: 'app:1',
          ...(hookTakes === undefined ? {} : { lifecycle }),
        },
      ],
      ...spec,
    },
    status: {},
  };
  return sim.run(async () => {
    const { containerRuntime } = world.kubelet;
    const backOff = new Backoff(sim, 10_000, 300_000);
    await containerRuntime.syncPod(pod, emptyPodStatus('uid-web'), [], backOff);
    const before = sim.now();
    await killContainer(containerRuntime, {
      pod,
      containerID: 'c1',
      containerName: 'app',
      reason: 'test',
      gracePeriodOverride: override,
    });
    return (sim.now() - before) / 1000;
  });
}

test('killContainer() gives what the pod asks for', async () => {
  assert.equal(await lifetime({ terminationGracePeriodSeconds: 7 }), 7);
});

test('killContainer() lets the deletion decide before the pod', async () => {
  const spec = { terminationGracePeriodSeconds: 7 };
  assert.equal(await lifetime(spec, { deletionGrace: 4 }), 4);
});

test('35: killContainer() gives two seconds at least', async () => {
  assert.equal(await lifetime({ terminationGracePeriodSeconds: 0 }), 2);
  assert.equal(await lifetime({}), 2);
});

test('35: killContainer() obeys an override, even of nothing', async () => {
  const spec = { terminationGracePeriodSeconds: 7 };
  assert.equal(await lifetime(spec, { override: 0 }), 0);
});

test('35: killContainer() takes the hook off the grace period', async () => {
  const spec = { terminationGracePeriodSeconds: 10 };
  assert.equal(await lifetime(spec, { hookTakes: 4000 }), 10);
  // A hook that takes all of it leaves the least there is.
  assert.equal(await lifetime(spec, { hookTakes: 60_000 }), 12);
});

test('a second order to stop does not put off the end', async () => {
  const sim = new Sim({ seed: 1 });
  const { machine } = new NodeWorld(sim, {
    script: { container: () => ({ stops: 'never' }) },
  });
  const config = { metadata: { uid: 'uid-web' }, logDirectory: '/logs' };
  const of = { name: 'app', labels: {}, logPath: 'app/0.log' };
  machine.addContainer(
    { id: 's1', config: config as never },
    of as never,
    'c1',
  );
  const container = machine.containers.get('c1');
  assert.ok(container);
  await sim.run(async () => {
    machine.run(container);
    machine.stop(container, 2);
    await sim.sleep(1000);
    machine.stop(container, 30);
    await sim.sleep(1500);
  });
  assert.equal(container.state, 'exited');
  assert.equal(container.exitCode, 137);
});
