/**
 * The scenarios of the kubelet's chapters end as their pages say.
 */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { Observer } from '../../runnable/sim/event.ts';
import type { Scenario } from '../../runnable/scenarios/scenario.ts';
import { Sim } from '../../runnable/sim/sim.ts';
import { ports } from '../../src/ports/ports.ts';

const folder = new URL('../../runnable/scenarios/kubelet/', import.meta.url);

/** How a scenario ends; with an observer, who hears of every event. */
async function resultOf(
  path: string,
  {
    seed,
    observer,
    input,
  }: { seed?: number; observer?: Observer; input?: unknown } = {},
): Promise<Record<string, unknown>> {
  const url = new URL(`${path}.ts`, folder).href;
  const { scenario } = (await import(url)) as { scenario: Scenario };
  const sim = new Sim({
    seed: seed ?? scenario.seed,
    ...(observer === undefined ? {} : { observer }),
  });
  const run = scenario.begin(sim, ports, input);
  return (await sim.run(() => run.main())) as Record<string, unknown>;
}

const chapters = readdirSync(folder).filter((name) => /^\d\d-/.test(name));

test('every chapter of the kubelet has three scenarios or more', () => {
  assert.equal(chapters.length, 6);
  for (const chapter of chapters) {
    const files = readdirSync(new URL(chapter, folder));
    assert.ok(files.length >= 3, chapter);
  }
});

/** What each run has to show; more may be in its result. */
const results: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  '01-sync-loop/one-pod': { ready: true, phase: 'gone', runtime: [] },
  '02-pod-workers/parked-kill': { synced: ['create', 'kill'], phase: 'Failed' },
  '02-pod-workers/forgotten-kill': {
    synced: ['create'],
    heard: 'timeout waiting to kill pod',
  },
  '02-pod-workers/two-kills': {
    synced: ['create', 'kill'],
    answers: {
      patient: 'no error',
      impatient: 'timeout waiting to kill pod',
    },
  },
  '01-sync-loop/runtime-down': {
    before: { phase: 'Pending', containers: [], runtime: [] },
    after: {
      phase: 'Running',
      containers: ['app running'],
      runtime: ['c1 app running'],
    },
  },
  '03-sync-pod/no-network': {
    before: {
      phase: 'Pending',
      containers: ['app ContainerCreating'],
      runtime: ['c1 app running'],
    },
    host: {
      phase: 'Running',
      containers: ['app running'],
      runtime: ['c1 app running'],
    },
    after: {
      phase: 'Running',
      containers: ['app running'],
      runtime: ['c1 app running', 'c2 app running'],
    },
  },
  '03-sync-pod/volume-and-secret': { phase: 'Running' },
  '03-sync-pod/never-attached': { ready: true, events: ['FailedMount'] },
  '04-runtime/two-init-two-containers': {
    containers: {
      c1: 'init-db exited 0',
      c2: 'init-cfg exited 0',
      c3: 'app running',
      c4: 'log running',
    },
  },
  '04-runtime/dead-sandbox': {
    phase: 'Running',
    sandboxes: ['s1 attempt 0 SANDBOX_NOTREADY', 's2 attempt 1 SANDBOX_READY'],
  },
  '04-runtime/no-image': {
    phase: 'Pending',
    containers: ['app running', 'missing ErrImagePull'],
    runtime: ['c1 app running'],
  },
  '05-pleg/a-death': {
    phase: 'Running',
    containers: ['app running'],
    runtime: ['c1 app exited', 'c2 app running'],
  },
  '05-pleg/too-fast': {
    heard: [
      'ContainerStarted c1',
      'ContainerDied c1',
      'ContainerRemoved c1',
      'ContainerStarted c3',
    ],
  },
  '05-pleg/full-channel': { waiting: 4 },
  '06-clean-up/keep-one': {
    left: [['c1 exited', 'c2 running'], ['c2 exited'], ['c3 exited']],
  },
  '06-clean-up/graceful-deletion': {
    phase: 'gone',
    runtime: [],
    sandboxes: [],
    paths: [],
  },
};

describe('scenarios of the kubelet', () => {
  for (const [path, expected] of Object.entries(results)) {
    test(`${path} ends as its page says`, async () => {
      const result = await resultOf(path);
      const shown = Object.fromEntries(
        Object.keys(expected).map((key) => [key, result[key]]),
      );
      assert.deepEqual(shown, expected);
    });
  }

  test('01-sync-loop/no-priority takes what chance says', async () => {
    const orders = new Set<string>();
    for (let seed = 1; seed <= 10; seed += 1) {
      const taken: string[] = [];
      const observer: Observer = {
        emit({ kind, subject, fields }) {
          if (kind === 'select.many' && subject === 'syncLoopIteration') {
            taken.push(String(fields['chan']));
          }
          return 0;
        },
        place: () => undefined,
        spawn: (_name, body) => body(),
        describe: () => '',
      };
      const result = await resultOf('01-sync-loop/no-priority', {
        seed,
        observer,
      });
      orders.add(taken.slice(0, 2).join());
      for (const pod of Object.values(result)) {
        assert.equal((pod as Record<string, unknown>)['phase'], 'Running');
      }
    }
    assert.ok(orders.size > 2, [...orders].join(' / '));
  });

  test('04-runtime/crash-loop waits longer after each crash', async () => {
    const { starts } = (await resultOf('04-runtime/crash-loop')) as {
      starts: number[];
    };
    const gaps = starts.slice(1).map((start, i) => start - starts[i]!);
    // The first restart comes at once, the waits count from the exit.
    assert.ok(gaps[0]! < 3);
    for (const [index, least] of [10, 20, 40, 80, 160, 300].entries()) {
      const gap = gaps[index + 1]!;
      assert.ok(gap >= least && gap < least + 20, `${gap} s after ${least} s`);
    }
    // Another image is another key: no wait is left.
    assert.ok(gaps.at(-1)! < 300);
  });

  test('06-clean-up/eviction takes the pod without claims', async () => {
    const { web, db } = (await resultOf('06-clean-up/eviction')) as {
      web: Record<string, unknown>;
      db: Record<string, unknown>;
    };
    assert.equal(web['reason'], 'Evicted');
    assert.equal(db['phase'], 'Running');
  });

  test('01-sync-loop/bad-input refuses what cannot be', async () => {
    const result = await resultOf('01-sync-loop/bad-input');
    const phases = Object.entries(result).map(([name, outcome]) => {
      const { phase, reason } = outcome as Record<string, string>;
      return [name, phase, reason];
    });
    assert.deepEqual(phases, [
      ['static', 'Running', undefined],
      ['first', 'Running', undefined],
      ['second', 'Failed', 'PodFitsHostPorts'],
    ]);
  });

  test('01-sync-loop/bad-input judges a pod of the reader', async () => {
    const phaseOf = async (spec: object): Promise<unknown> => {
      const input = { kind: 'Pod', metadata: { name: 'mine' }, spec };
      const { yours } = await resultOf('01-sync-loop/bad-input', { input });
      return (yours as Record<string, unknown>)['phase'];
    };
    const containers = [{ name: 'app', image: 'app:1' }];
    assert.equal(await phaseOf({ containers }), 'Running');
    assert.equal(await phaseOf({ containers, restartPolicy: 'Odd' }), 'gone');
    assert.equal(
      await phaseOf({ containers: [...containers, ...containers] }),
      'gone',
    );
  });

  test('03-sync-pod/static-pod gets its mirror back', async () => {
    const result = await resultOf('03-sync-pod/static-pod');
    const { first, second, after } = result;
    assert.notEqual(first, second);
    assert.equal((after as Record<string, unknown>)['phase'], 'gone');
  });
});
