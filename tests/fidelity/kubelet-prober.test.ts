/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access -- the cases are data of many shapes */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatTime } from '../../runnable/apiserver/time.ts';
import type {
  ContainerState,
  PodStatus,
  Probe,
} from '../../runnable/kubelet/api/v1.ts';
import { Worker } from '../../runnable/kubelet/prober/worker.ts';
import type { ProbeType } from '../../runnable/kubelet/prober/prober.ts';
import type { Result } from '../../runnable/kubelet/prober/results/results-manager.ts';
import { NodeWorld } from '../../runnable/scenarios/kubelet/node-world.ts';
import { Sim } from '../../runnable/sim/sim.ts';
import { caseOf, pod } from './kubelet-cases.ts';

/** One worker, with a probe that answers as told. */
class World {
  readonly sim: Sim;
  readonly world: NodeWorld;
  readonly worker: Worker;
  readonly probeType: ProbeType;
  answer: Result | 'error' = 'Success';

  constructor(probeType: ProbeType, spec: Probe) {
    this.sim = new Sim({ seed: 1 });
    this.world = new NodeWorld(this.sim);
    this.probeType = probeType;
    const { probeManager } = this.world.kubelet;
    const probe: Probe = { exec: { command: ['probe'] }, ...spec };
    const container = {
      name: 'bar',
      image: '',
      ...(probeType === 'Liveness'
        ? { livenessProbe: probe }
        : { readinessProbe: probe }),
    };
    const asked = pod('p', {
      spec: { restartPolicy: 'Never', containers: [container] },
    });
    Object.assign(probeManager.prober, {
      probe: async () => (this.answer === 'error' ? undefined : this.answer),
    });
    this.worker = new Worker(probeManager, probeType, asked, container);
  }

  status(
    state: ContainerState,
    id = 'c1',
    phase: PodStatus['phase'] = 'Running',
  ): void {
    const { statusManager } = this.world.kubelet;
    statusManager.podStatuses.set('p', {
      version: 1,
      podName: 'p',
      podNamespace: 'new',
      status: {
        phase,
        containerStatuses: [
          {
            name: 'bar',
            containerID: `docker://${id}`,
            state,
            lastState: {},
            ready: false,
            restartCount: 0,
            image: '',
            imageID: '',
          },
        ],
      },
    });
  }

  get running(): ContainerState {
    return { running: { startedAt: formatTime(this.sim.now()) } };
  }

  result(id = 'c1'): Result | undefined {
    const { livenessManager, probeManager } = this.world.kubelet;
    return this.probeType === 'Liveness'
      ? livenessManager.get(id)
      : probeManager.readinessManager.get(id);
  }
}

test('pr-01: doProbe() probes only what runs', async () => {
  const { expect } = caseOf('pr-01');
  for (const probeType of ['Liveness', 'Readiness'] as const) {
    const cases: ((world: World) => void)[] = [
      () => undefined,
      (world) => world.status(world.running, 'c1', 'Failed'),
      (world) => {
        world.status(world.running);
        const { status } =
          world.world.kubelet.statusManager.podStatuses.get('p')!;
        status.containerStatuses![0]!.name = 'other';
      },
      (world) => world.status({ waiting: {} }),
      (world) => world.status({ terminated: { exitCode: 0 } }),
      (world) => world.status(world.running),
      (world) => world.status(world.running),
    ];
    for (const [index, prepare] of cases.entries()) {
      const last = index === cases.length - 1;
      const world = new World(
        probeType,
        last ? { initialDelaySeconds: -100 } : {},
      );
      await world.sim.run(async () => {
        prepare(world);
        const goesOn = await world.worker.doProbe();
        assert.equal(goesOn, expect.continue[index], String(index));
        assert.equal(world.result() ?? null, expect.resultStored[index]);
      });
    }
  }
});

test('pr-02: before its first delay a container has its first value', async () => {
  const { given, expect } = caseOf('pr-02');
  for (const probeType of ['Liveness', 'Readiness'] as const) {
    const world = new World(probeType, {
      initialDelaySeconds: given.initialDelay,
    });
    const results: (Result | undefined)[] = [];
    await world.sim.run(async () => {
      world.status(world.running);
      await world.worker.doProbe();
      results.push(world.result());
      await world.sim.sleep(100_000);
      await world.worker.doProbe();
      results.push(world.result());
    });
    assert.deepEqual(results, expect[probeType.toLowerCase()]);
  }
});

test('pr-03: a result counts once it came often enough', async () => {
  const { given, expect } = caseOf('pr-03');
  const answers: Result[][] = [
    [...Array<Result>(3).fill('Success'), ...Array<Result>(5).fill('Failure')],
    [...Array<Result>(5).fill('Success'), 'Failure'],
  ];
  for (const [index, { success, failure }] of given.thresholds.entries()) {
    const world = new World('Readiness', {
      successThreshold: success,
      failureThreshold: failure,
    });
    const published: (string | undefined)[] = [];
    await world.sim.run(async () => {
      world.status(world.running);
      for (const answer of answers[index]!) {
        world.answer = answer;
        await world.worker.doProbe();
        published.push(world.result()?.[0]);
      }
    });
    assert.deepEqual(published, expect.published[index]);
  }
});

test('pr-04: after a failed liveness probe nothing is probed till a restart', async () => {
  const { expect } = caseOf('pr-04');
  const world = new World('Liveness', {
    successThreshold: 1,
    failureThreshold: 1,
  });
  const published: (Result | undefined)[] = [];
  const onHold: boolean[] = [];
  await world.sim.run(async () => {
    world.status(world.running);
    await world.worker.doProbe();
    const steps: [Result, string][] = [
      ['Failure', 'c1'],
      ['Success', 'c1'],
      ['Success', 'c2'],
    ];
    for (const [answer, id] of steps) {
      world.answer = answer;
      world.status(world.running, id);
      await world.worker.doProbe();
      published.push(world.result(id));
      onHold.push(world.worker.onHold);
    }
  });
  assert.deepEqual(published, expect.published);
  assert.deepEqual(onHold, expect.onHold);
});

test('pr-06: updatePodStatus() fills in who is ready', async () => {
  const { expect } = caseOf('pr-06');
  const sim = new Sim({ seed: 1 });
  const { probeManager } = new NodeWorld(sim).kubelet;
  const readinessProbe = { exec: { command: ['probe'] } };
  const ready = await sim.run(async () => {
    probeManager.addPod(
      pod('p', {
        spec: { containers: [{ name: 'c2', image: '', readinessProbe }] },
      }),
    );
    await probeManager.readinessManager.set('c1', 'Success', 'p');
    await probeManager.readinessManager.set('c3', 'Failure', 'p');
    await probeManager.readinessManager.set('c4', 'Success', 'p');
    const names = ['c0', 'c1', 'c2', 'c3', 'c4'];
    const status: PodStatus = {
      containerStatuses: names.map((name) => ({
        name,
        containerID: `docker://${name}`,
        state:
          name === 'c4' ? { terminated: { exitCode: 0 } } : { running: {} },
        lastState: {},
        ready: false,
        restartCount: 0,
        image: '',
        imageID: '',
      })),
    };
    probeManager.updatePodStatus('p', status);
    return status.containerStatuses!.map((each) => each.ready);
  });
  assert.deepEqual(ready, expect.ready);
});
