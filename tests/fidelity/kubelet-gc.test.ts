/* eslint-disable @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access -- the cases are data of many shapes */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventRecorder } from '../../runnable/client-go/tools/record/event.ts';
import { Backoff } from '../../runnable/client-go/util/flowcontrol/backoff.ts';
import { FileSystem } from '../../runnable/kubelet/container/os.ts';
import { CRI } from '../../runnable/kubelet/cri/cri.ts';
import { ContainerMachine } from '../../runnable/kubelet/cri/machine.ts';
import { ImageManager } from '../../runnable/kubelet/images/image-manager.ts';
import { SerialImagePuller } from '../../runnable/kubelet/images/puller.ts';
import {
  evictContainers,
  evictSandboxes,
} from '../../runnable/kubelet/kuberuntime/kuberuntime-gc.ts';
import type { RuntimeContext } from '../../runnable/kubelet/kuberuntime/runtime-context.ts';
import {
  newContainerAnnotations,
  newContainerLabels,
} from '../../runnable/kubelet/kuberuntime/labels.ts';
import { Manager } from '../../runnable/kubelet/prober/results/results-manager.ts';
import { parseDuration } from '../../runnable/kubelet/util/duration.ts';
import { Sim } from '../../runnable/sim/sim.ts';
import { casesIn, pod } from './kubelet-cases.ts';

const pods = {
  isPodDeleted: (uid: string) => uid === 'deleted' || uid === 'gone',
  isPodTerminated: (uid: string) => uid !== 'running',
};

function world(): { machine: ContainerMachine; m: RuntimeContext } {
  const sim = new Sim({ seed: 1 });
  const os = new FileSystem();
  const recorder = new EventRecorder('kubelet');
  const machine = new ContainerMachine(sim, os);
  const cri = new CRI(sim, machine);
  const imagePuller = new ImageManager({
    sim,
    recorder,
    imageService: cri,
    backOff: new Backoff(sim, 10_000, 300_000),
    puller: new SerialImagePuller(sim, cri),
  });
  const livenessManager = new Manager(sim, 'liveness');
  const m = {
    sim,
    recorder,
    runtimeService: cri,
    imagePuller,
    os,
    livenessManager,
  };
  return { machine, m };
}

function addSandbox(
  machine: ContainerMachine,
  id: string,
  uid: string,
  attempt: number,
): void {
  machine.addSandbox(
    {
      metadata: { name: uid, namespace: 'new', uid, attempt },
      hostname: uid,
      logDirectory: `/var/log/pods/${uid}`,
      portMappings: [],
      labels: {},
      annotations: {},
      networkMode: 'POD',
      privileged: false,
    },
    id,
  );
}

function addContainer(
  machine: ContainerMachine,
  sandboxID: string,
  id: string,
  [uid, name, createdAt, state]: [string, string, number, string],
): void {
  const container = { name, image: 'busybox' };
  machine.addContainer(
    machine.sandboxes.get(sandboxID)!,
    {
      name,
      attempt: 0,
      image: 'busybox',
      command: [],
      args: [],
      envs: [],
      labels: newContainerLabels(container, pod(uid)),
      annotations: newContainerAnnotations(container, pod(uid), 0),
      logPath: `${name}/0.log`,
    },
    id,
  );
  const added = machine.containers.get(id)!;
  added.createdAt = createdAt * 1000;
  added.state = state as 'running' | 'exited';
}

for (const { id, given, when, expect } of casesIn('containerGC')) {
  test(`${id}: evictContainers() leaves what was recorded`, async () => {
    const { machine, m } = world();
    addSandbox(machine, 's', 'any', 0);
    for (const [index, tuple] of given.containers.entries()) {
      addContainer(machine, 's', String(index), tuple);
    }
    const { minAge, ...limits } = given.policy;
    await evictContainers(
      m,
      pods,
      { ...limits, minAge: parseDuration(minAge) },
      {
        allSourcesReady: given.sourcesReady,
        evictTerminatedPods: when.evictTerminatedPods,
      },
    );
    const left = [...machine.containers.keys()].map(Number);
    assert.deepEqual(left, expect.remainingIndexes);
  });
}

for (const { id, given, when, expect } of casesIn('sandboxGC')) {
  test(`${id}: evictSandboxes() leaves what was recorded`, async () => {
    const { machine, m } = world();
    for (const [index, tuple] of given.sandboxes.entries()) {
      const [uid, attempt, state] = tuple;
      addSandbox(machine, String(index), uid, attempt);
      const sandbox = machine.sandboxes.get(String(index))!;
      sandbox.createdAt = attempt * 1000;
      sandbox.state = state === 'READY' ? 'SANDBOX_READY' : 'SANDBOX_NOTREADY';
    }
    for (const text of given.containersIn) {
      const [, uid, attempt] = /^(\w+) attempt (\d+)/.exec(text)!;
      const owner = [...machine.sandboxes.values()].find(
        ({ metadata }) =>
          metadata.uid === uid && metadata.attempt === Number(attempt),
      )!;
      addContainer(machine, owner.id, `in-${owner.id}`, [
        uid!,
        'bar',
        0,
        'exited',
      ]);
    }
    await evictSandboxes(m, pods, when.evictTerminatedPods);
    const left = [...machine.sandboxes.keys()].map(Number);
    assert.deepEqual(left, expect.remainingIndexes);
  });
}
