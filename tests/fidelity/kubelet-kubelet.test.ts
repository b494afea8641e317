/* eslint-disable @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return -- the cases are data of many shapes */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatTime } from '../../runnable/apiserver/time.ts';
import type {
  ContainerStatus,
  Pod,
  PodStatus,
  RestartPolicy,
} from '../../runnable/kubelet/api/v1.ts';
import { emptyPodStatus } from '../../runnable/kubelet/container/runtime.ts';
import type {
  ContainerStatus as RuntimeContainerStatus,
  PodStatus as RuntimePodStatus,
} from '../../runnable/kubelet/container/runtime.ts';
import {
  PodSyncResult,
  SyncResult,
} from '../../runnable/kubelet/container/sync-result.ts';
import type { SyncAction } from '../../runnable/kubelet/container/sync-result.ts';
import { ActiveDeadlineHandler } from '../../runnable/kubelet/active-deadline.ts';
import { handlePodCleanups } from '../../runnable/kubelet/cleanups.ts';
import { handlePodAdditions } from '../../runnable/kubelet/handlers/handlers.ts';
import { filterOutTerminatedPods } from '../../runnable/kubelet/kubelet-pods.ts';
import { generateAPIPodStatus } from '../../runnable/kubelet/kubelet-status.ts';
import { getPhase } from '../../runnable/kubelet/pod-phase.ts';
import { ReasonCache } from '../../runnable/kubelet/reason-cache.ts';
import {
  getPodsToSync,
  syncLoop,
  syncLoopIteration,
} from '../../runnable/kubelet/sync-loop.ts';
import { syncPod } from '../../runnable/kubelet/sync-pod.ts';
import { NodeWorld } from '../../runnable/scenarios/kubelet/node-world.ts';
import { Channel } from '../../runnable/sim/channel.ts';
import { Sim } from '../../runnable/sim/sim.ts';
import { caseOf, pod } from './kubelet-cases.ts';

const newWorld = (): NodeWorld => new NodeWorld(new Sim({ seed: 1 }));

/** A container's status from the runtime, as `exit 1` or `running` says. */
function runtimeStatus(
  id: string,
  name: string,
  text: string,
): RuntimeContainerStatus {
  const [word, code = '0'] = text.split(' ');
  return {
    id,
    name,
    state: word === 'running' ? 'running' : 'exited',
    exitCode: Number(code),
    createdAt: 0,
    startedAt: 0,
    finishedAt: 0,
    image: '',
    imageID: '',
    hash: 0,
    restartCount: 0,
    reason: '',
    message: '',
  };
}

function describe({ state, lastState }: ContainerStatus): string {
  const one = ({ waiting, running, terminated }: ContainerStatus['state']) => {
    if (waiting !== undefined) return `Waiting ${waiting.reason ?? ''}`;
    if (running !== undefined) return 'Running';
    return `Terminated ${String(terminated?.exitCode)}`;
  };
  const last = lastState.terminated;
  return last === undefined
    ? one(state)
    : `${one(state)} / last ${last.exitCode}`;
}

test('kl-01: a closed config channel ends the loop', async () => {
  const { expect } = caseOf('kl-01');
  const { sim, kubelet } = newWorld();
  await sim.run(async () => {
    await kubelet.pleg.relist();
    kubelet.runtimeState.setRuntimeSync(sim.now());
    const configCh = new Channel<never>(sim, 'configCh', 1);
    configCh.close();
    const idle = new Channel<never>(sim, 'idle');
    const goesOn = await syncLoopIteration(kubelet, {
      configCh,
      plegCh: idle,
      syncCh: idle,
      housekeepingCh: idle,
    });
    assert.equal(goesOn, expect.iterationReturns);
    await syncLoop(kubelet, configCh);
  });
});

test('kl-02: of two pods with one port the older one is taken', () => {
  const { given, expect } = caseOf('kl-02');
  const { sim, kubelet } = newWorld();
  const pods = given.pods.map(
    (each: { name: string; created: string; hostPort: number }) =>
      pod(each.name, {
        metadata: {
          ...pod(each.name).metadata,
          creationTimestamp: formatTime(
            sim.now() + (each.created === 'T' ? 0 : 1000),
          ),
        },
        spec: {
          containers: [
            {
              name: 'bar',
              image: 'busybox',
              ports: [{ containerPort: 80, hostPort: each.hostPort }],
            },
          ],
        },
      }),
  );
  handlePodAdditions(kubelet, pods);
  for (const [name, phase] of Object.entries(expect.phase)) {
    const status = kubelet.statusManager.getPodStatus(name);
    assert.equal(status?.phase ?? 'Pending', phase, name);
  }
});

test('kl-03: a pod that is refused gets no worker', () => {
  const { expect } = caseOf('kl-03');
  const { kubelet } = newWorld();
  kubelet.admitHandlers.push({
    admit: ({ pod: asked }) =>
      asked.metadata.name === 'podA'
        ? { admit: false, reason: 'Rejected', message: 'no' }
        : { admit: true },
  });
  handlePodAdditions(kubelet, [pod('podA'), pod('podB')]);
  for (const [name, phase] of Object.entries(expect.phase)) {
    const status = kubelet.statusManager.getPodStatus(name);
    assert.equal(status?.phase ?? 'Pending', phase, name);
  }
  const workers = [...kubelet.podWorkers.podUpdates.keys()];
  assert.deepEqual(workers, expect.workersStarted);
});

test('kl-04: getPodsToSync() takes what is due or past its deadline', async () => {
  const { given, expect } = caseOf('kl-04');
  const { sim, kubelet } = newWorld();
  await sim.run(async () => {
    for (const { i, deadline, startedAgo, dueIn } of given.pods) {
      const name = String(i);
      kubelet.podManager.addPod(
        pod(name, {
          spec: {
            containers: [],
            ...(deadline === undefined
              ? {}
              : { activeDeadlineSeconds: deadline }),
          },
          status:
            startedAgo === undefined
              ? {}
              : {
                  startTime: formatTime(sim.now() + 60_000 - startedAgo * 1000),
                },
        }),
      );
      if (dueIn !== undefined) kubelet.workQueue.enqueue(name, dueIn * 1000);
    }
    await sim.sleep(60_000);
    const due = getPodsToSync(kubelet).map(({ metadata }) =>
      Number(metadata.name),
    );
    assert.deepEqual(due.toSorted(), expect.pods);
  });
});

test('kl-06: without a network only pods of the host network start', async () => {
  const { given, expect } = caseOf('kl-06');
  const { sim, kubelet } = newWorld();
  kubelet.runtimeState.setNetworkState('simulated network error');
  await sim.run(async () => {
    for (const [index, { hostNetwork }] of given.pods.entries()) {
      const asked = pod(`p${String(index)}`, {
        spec: { containers: [{ name: 'bar', image: 'busybox' }], hostNetwork },
      });
      const sync = syncPod(kubelet, {
        pod: asked,
        mirrorPod: undefined,
        podStatus: emptyPodStatus(asked.metadata.uid),
        updateType: 'update',
        killPodOptions: undefined,
      });
      if (expect.error[index] === null) await sync;
      else await assert.rejects(sync, /network is not ready/);
    }
  });
});

/** A static pod, and its mirror when there is a hash for one. */
function staticPod(hash: string, mirrorHash?: string): Pod {
  return pod('bar', {
    metadata: {
      ...pod('bar').metadata,
      namespace: 'default',
      annotations: {
        'kubernetes.io/config.source':
          mirrorHash === undefined ? 'file' : 'api',
        'kubernetes.io/config.hash': hash,
        ...(mirrorHash === undefined
          ? {}
          : { 'kubernetes.io/config.mirror': mirrorHash }),
      },
    },
  });
}

test('kl-07: one mirror pod is created for a static pod', async () => {
  const { given, expect } = caseOf('kl-07');
  assert.equal(given.pod, 'source file, no mirror');
  const world = newWorld();
  world.kubelet.runtimeState.setNetworkState(undefined);
  await world.sim.run(async () => {
    for (const updateType of ['create', 'update'] as const) {
      await syncPod(world.kubelet, {
        pod: staticPod('h'),
        mirrorPod: undefined,
        podStatus: emptyPodStatus('bar'),
        updateType,
        killPodOptions: undefined,
      });
    }
    const { items } = await world.pods.list();
    assert.equal(items.length, expect.mirrorPodsInApi);
  });
});

test('kl-08: an outdated mirror pod is deleted and made anew', async () => {
  const { expect } = caseOf('kl-08');
  const world = newWorld();
  const { kubelet } = world;
  kubelet.runtimeState.setNetworkState(undefined);
  const calls = { creates: 0, deletes: 0 };
  const { mirrorClient } = kubelet.podManager;
  mirrorClient.createMirrorPod = async () => {
    calls.creates += 1;
  };
  mirrorClient.deleteMirrorPod = async () => {
    calls.deletes += 1;
  };
  await world.sim.run(async () => {
    await syncPod(kubelet, {
      pod: staticPod('H'),
      mirrorPod: staticPod('H', 'mirror'),
      podStatus: emptyPodStatus('bar'),
      updateType: 'update',
      killPodOptions: undefined,
    });
  });
  assert.deepEqual(calls, {
    creates: expect.mirrorCreates,
    deletes: expect.mirrorDeletes,
  });
});

test('kl-09: housekeeping deletes mirror pods that mirror nothing', async () => {
  const { given, expect } = caseOf('kl-09');
  const { sim, kubelet } = newWorld();
  const deletes: Record<string, number> = {};
  kubelet.podManager.mirrorClient.deleteMirrorPod = async (fullName) => {
    const [name = ''] = fullName.split('_');
    deletes[name] = (deletes[name] ?? 0) + 1;
  };
  for (const name of given.mirrors) {
    kubelet.podManager.addPod(
      pod(name, {
        metadata: {
          ...pod(name).metadata,
          annotations: { 'kubernetes.io/config.mirror': 'mirror' },
        },
      }),
    );
  }
  await sim.run(() => handlePodCleanups(kubelet));
  assert.deepEqual(deletes, expect.mirrorDeletes);
});

test('kl-12: filterOutTerminatedPods() keeps what has not ended', () => {
  const { given, expect } = caseOf('kl-12');
  const { kubelet } = newWorld();
  const pods = given.pods.map((text: string, index: number) => {
    const [phase, deleted] = text.split(', ');
    const running: ContainerStatus = {
      name: 'bar',
      state: { running: {} },
      lastState: {},
      ready: true,
      restartCount: 0,
      image: '',
      imageID: '',
    };
    const name = String(index);
    return pod(name, {
      metadata: {
        ...pod(name).metadata,
        ...(deleted === undefined
          ? {}
          : { deletionTimestamp: '2019-04-05T00:00:00Z' }),
      },
      status: {
        phase: phase as NonNullable<PodStatus['phase']>,
        containerStatuses: [running],
      },
    });
  });
  const kept = filterOutTerminatedPods(kubelet, pods);
  assert.deepEqual(
    kept.map(({ metadata }) => Number(metadata.name)),
    expect.keptIndexes,
  );
});

test('kl-13: a sync handler that evicts decides the status', () => {
  const { expect } = caseOf('kl-13');
  const { kubelet } = newWorld();
  kubelet.podSyncHandlers.push({
    shouldEvict: () => ({ reason: 'Evicted', message: 'because' }),
  });
  const { phase, reason, message } = generateAPIPodStatus(
    kubelet,
    pod('p'),
    emptyPodStatus('p'),
  );
  assert.deepEqual({ phase, reason, message }, expect);
});

/** A pod with these containers, and their instances newest first. */
function withInstances(
  init: boolean,
  restartPolicy: RestartPolicy,
  instances: Readonly<Record<string, readonly string[]>>,
): { asked: Pod; podStatus: RuntimePodStatus } {
  const specs = Object.keys(instances).map((name) => ({ name, image: 'i' }));
  const asked = pod('p', {
    spec: init
      ? { restartPolicy, containers: [], initContainers: specs }
      : { restartPolicy, containers: specs },
  });
  const containerStatuses = Object.entries(instances).flatMap(([name, texts]) =>
    texts.map((text, index) => runtimeStatus(`${name}-${index}`, name, text)),
  );
  return { asked, podStatus: { ...emptyPodStatus('p'), containerStatuses } };
}

function failToStart(name: string, error: string): PodSyncResult {
  const result = new PodSyncResult();
  const one = new SyncResult('StartContainer', name);
  one.fail(error, `a ${error}`);
  result.addSyncResult(one);
  return result;
}

test('kl-15: a failure to start shows as the reason to wait', () => {
  const { given, expect } = caseOf('kl-15');
  const instances = [
    [],
    ['running', 'exit 1'],
    ['exit 1', 'exit 3'],
    ['exit 2', 'exit 4'],
  ];
  for (const init of [false, true]) {
    for (const [index, { reason }] of given.cases.entries()) {
      const { kubelet } = newWorld();
      const { asked, podStatus } = withInstances(init, given.restartPolicy, {
        c: instances[index] ?? [],
      });
      if (index === 0) {
        const old: ContainerStatus = {
          name: 'c',
          state: { waiting: {} },
          lastState: { terminated: { exitCode: 7 } },
          ready: false,
          restartCount: 0,
          image: '',
          imageID: '',
        };
        asked.status = {
          containerStatuses: [old],
          initContainerStatuses: [old],
        };
      }
      if (reason !== null) {
        kubelet.reasonCache.update('p', failToStart('c', reason));
      }
      const status = generateAPIPodStatus(kubelet, asked, podStatus);
      const [got] = (
        init ? status.initContainerStatuses : status.containerStatuses
      )!;
      const state =
        init && index === 0 ? 'Waiting PodInitializing' : expect.state[index];
      const last = expect.lastState[index].replace('(from API)', '7');
      assert.equal(
        describe(got!),
        `${String(state)} / last ${last.replace('Terminated ', '')}`,
      );
    }
  }
});

test('kl-16: the restart policy decides whether the reason shows', () => {
  const { given, expect } = caseOf('kl-16');
  for (const [index, policy] of given.policies.entries()) {
    for (const init of [false, true]) {
      const { kubelet } = newWorld();
      const { asked, podStatus } = withInstances(init, policy, {
        succeed: ['exit 0', 'exit 2'],
        failed: ['exit 1', 'exit 3'],
      });
      for (const [name, error] of Object.entries(given.reasonCache)) {
        kubelet.reasonCache.update('p', failToStart(name, error as string));
      }
      const status = generateAPIPodStatus(kubelet, asked, podStatus);
      const list = (
        init ? status.initContainerStatuses : status.containerStatuses
      )!;
      const of = (name: string) =>
        describe(list.find((each) => each.name === name)!);
      const stays = init && policy === 'Always';
      const succeed = stays ? expect.succeed[0] : expect.succeed[index];
      assert.equal(of('succeed'), succeed);
      assert.equal(of('failed'), expect.failed[index]);
    }
  }
});

test('kl-17: getPhase() reads the phase from the containers', () => {
  const { given, expect } = caseOf('kl-17');
  const status = (
    name: string,
    text: string,
    exitCode: number,
  ): ContainerStatus => ({
    name,
    ready: false,
    restartCount: 0,
    image: '',
    imageID: '',
    lastState: text.includes('last termination')
      ? { terminated: { exitCode: 1 } }
      : {},
    state: text.startsWith('running')
      ? { running: {} }
      : text.startsWith('stopped')
        ? { terminated: { exitCode } }
        : { waiting: {} },
  });
  const phase = (restartPolicy: RestartPolicy, row: string, exitCode = 0) => {
    const parts = row === 'none' ? [] : row.split(/ (?=B )/);
    return getPhase(
      {
        restartPolicy,
        containers: pod('p')
          .spec.containers.concat()
          .flatMap(() => [
            { name: 'A', image: '' },
            { name: 'B', image: '' },
          ]),
      },
      parts.map((part) => status(part[0]!, part.slice(2), exitCode)),
    );
  };
  for (const [index, row] of given.statuses.entries()) {
    assert.equal(phase('Always', row), expect.Always[index], row);
  }
  const rows = {
    allSucceeded: ['A stopped B stopped', 0],
    allFailed: ['A stopped B stopped', 1],
    runningPlusSucceeded: ['A running B stopped', 0],
    onlyARunning: ['A running', 0],
    AWithBWaiting: ['A running B waiting', 0],
    waitingWithLastTermination: [
      'A running B waiting with last termination',
      0,
    ],
  } as const;
  for (const policy of ['Never', 'OnFailure'] as const) {
    for (const [name, want] of Object.entries(expect[policy])) {
      const [row, exitCode] = rows[name as keyof typeof rows];
      assert.equal(phase(policy, row, exitCode), want, `${policy} ${name}`);
    }
  }
});

test('rc-01: only failures to start are remembered', () => {
  const { given, expect } = caseOf('rc-01');
  const cache = new ReasonCache();
  const result = new PodSyncResult();
  for (const [action, target, error] of given.results) {
    const one = new SyncResult(action as SyncAction, target);
    if (error !== null) one.fail(error, '');
    result.addSyncResult(one);
  }
  const hits = (): string[] =>
    given.results
      .map(([, target]: string[]) => target)
      .filter((name: string) => cache.get('uid', name) !== undefined);
  cache.update('uid', result);
  assert.deepEqual(hits(), expect.hitsAfterUpdate);
  cache.remove('uid', 'container_1');
  assert.deepEqual(hits(), expect.hitsAfterRemove);
});

test('pm-01: regular pods and mirror pods are kept apart', () => {
  const { expect } = caseOf('pm-01');
  const { podManager } = newWorld().kubelet;
  const named = (name: string, uid: string, annotations = {}): Pod =>
    pod(name, {
      metadata: { name, namespace: 'default', uid, annotations },
    });
  podManager.addPod(named('taco', 'taco-uid'));
  podManager.addPod(
    named('bar', 'static uid', { 'kubernetes.io/config.source': 'file' }),
  );
  podManager.addPod(
    named('bar', 'mirror uid', { 'kubernetes.io/config.mirror': 'h' }),
  );
  const names = podManager.getPods().map(({ metadata }) => metadata.name);
  assert.deepEqual(names, expect.regular);
  assert.equal(podManager.translatePodUID('mirror uid'), expect.translated);
  assert.equal(
    podManager.getPodByFullName('bar_default')?.metadata.uid,
    'static uid',
  );
});

test('ad-01: a pod past its deadline is synced and evicted', () => {
  const { given, expect } = caseOf('ad-01');
  const { sim, kubelet } = newWorld();
  const startTime = formatTime(sim.now() - given.startedAgo * 1000);
  const handler = new ActiveDeadlineHandler(
    () => undefined,
    kubelet.recorder,
    sim.clock,
  );
  for (const [index, deadline] of given.deadlines.entries()) {
    const seconds = typeof deadline === 'number' ? deadline : 30;
    const asked = pod('p', {
      spec: {
        containers: [],
        ...(deadline === null ? {} : { activeDeadlineSeconds: seconds }),
      },
      status: deadline === 'no start time' ? {} : { startTime },
    });
    assert.equal(handler.shouldSync(asked), expect.result[index]);
    const reason = expect.result[index] === true ? expect.reason : undefined;
    assert.equal(handler.shouldEvict(asked)?.reason, reason);
  }
});
