import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { findChapters } from '../../src/chapter/catalog.ts';
import { exceptions } from './knative-exceptions.ts';
import { lives } from './knative-lives.ts';
import type { Found } from './knative-restarts-run.ts';

const scenarios = findChapters()
  .filter(({ part }) => part === 'knative')
  .flatMap(({ id, scenarios: names }) => names.map((name) => `${id}/${name}`));
const ids = [...scenarios, ...Object.keys(lives)];

test('a restart of all controllers after any write ends in the same objects', async (t) => {
  const runner = new URL('./knative-restarts-run.ts', import.meta.url);
  const worker = new Worker(runner);
  for (const id of ids) {
    await t.test(id, async () => {
      worker.postMessage(id);
      const [found] = (await once(worker, 'message')) as [Found];
      assert.deepEqual(found, exceptionsOf(id));
    });
  }
  await worker.terminate();
});

test('every exception is of a scenario that is there', () => {
  const unknown = exceptions.filter(({ of }) => !ids.includes(of));
  assert.deepEqual(unknown, []);
});

function exceptionsOf(id: string): Found {
  const own = exceptions.filter(({ of }) => of === id);
  return Object.fromEntries(
    own.flatMap(({ after, differs }) => after.map((write) => [write, differs])),
  );
}
