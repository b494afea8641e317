/* eslint-disable @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return -- the cases are data of many shapes */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pod } from '../../runnable/kubelet/api/v1.ts';
import { hashContainer } from '../../runnable/kubelet/container/helpers.ts';
import { emptyPodStatus } from '../../runnable/kubelet/container/runtime.ts';
import type {
  ContainerState,
  ContainerStatus,
  PodSandboxStatus,
  SandboxState,
} from '../../runnable/kubelet/container/runtime.ts';
import { computePodActions } from '../../runnable/kubelet/kuberuntime/compute-pod-actions.ts';
import { casesIn } from './kubelet-cases.ts';
import type { KubeletCase } from './kubelet-cases.ts';

/** The documents of a case: a pod as it should be and as it is. */
function build({ given: { base, changes } }: KubeletCase): {
  pod: Pod;
  containers: ContainerStatus[];
  sandboxes: PodSandboxStatus[];
} {
  const spec = (name: string) => ({ name, image: 'busybox' });
  const pod: Pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'foo', namespace: 'new', uid: '12345678' },
    spec: {
      containers: base.containers.map(spec),
      initContainers: (base.initContainers ?? []).map(spec),
      ...(changes.restartPolicy === undefined
        ? {}
        : { restartPolicy: changes.restartPolicy }),
      ...(changes['pod.hostNetwork'] === true ? { hostNetwork: true } : {}),
    },
    status: {},
  };
  const status = (name: string, text: string): ContainerStatus => {
    const [state, code = '0'] = (changes[name] ?? changes.all ?? text).split(
      ' ',
    ) as [ContainerState, string?];
    return {
      id: `id-${name}`,
      name,
      state,
      exitCode: Number(code),
      hash: changes[`${name}.hash`] ?? hashContainer(spec(name)),
      createdAt: 0,
      startedAt: 0,
      finishedAt: 0,
      image: 'busybox',
      imageID: '',
      restartCount: 0,
      reason: '',
      message: '',
    };
  };
  const listed = (names: string[] = [], states: string[] = []) =>
    names.flatMap((name, index) => status(name, states[index] ?? 'running'));
  const containers =
    changes.containerStatuses ??
    (base.appStatuses === 'none'
      ? listed(base.initContainers, base.initStates)
      : listed(base.containers, base.states));
  const [state, , attempt] = (changes.sandbox ?? base.sandbox.state).split(' ');
  const newest: PodSandboxStatus = {
    id: base.sandbox.id,
    name: 'foo',
    namespace: 'new',
    uid: '12345678',
    attempt: Number(attempt ?? base.sandbox.attempt),
    state: `SANDBOX_${String(state)}` as SandboxState,
    createdAt: 0,
    ip: changes['sandbox.ip'] ?? base.sandbox.ip,
    networkMode: changes['sandbox.network'] ?? 'POD',
  };
  return { pod, containers, sandboxes: changes.sandboxes ?? [newest] };
}

for (const each of [
  ...casesIn('computePodActions'),
  ...casesIn('computePodActionsInit'),
]) {
  test(`${each.id}: computePodActions() decides as recorded`, () => {
    const { pod, containers, sandboxes } = build(each);
    const liveness = each.given.changes.livenessResult ?? {};
    const actions = computePodActions(
      pod,
      {
        ...emptyPodStatus('12345678'),
        containerStatuses: containers,
        sandboxStatuses: sandboxes,
      },
      (containerID) => liveness[containerID.replace('id-', '')],
    );
    assert.deepEqual(
      {
        killPod: actions.killPod,
        createSandbox: actions.createSandbox,
        sandboxId: actions.sandboxID,
        attempt: actions.attempt,
        nextInit: actions.nextInitContainerToStart?.name ?? null,
        start: actions.containersToStart,
        kill: [...actions.containersToKill.values()].map(({ name }) => name),
      },
      each.expect,
    );
  });
}
