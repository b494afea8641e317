/**
 * Two judges that know nothing of the recorder: the engine, which keeps an
 * `AsyncLocalStorage` right across every wait, and the text of the code, in
 * which a caller must name what it calls.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSource } from '../../../src/source/files.ts';
import { recordScenario } from '../../../src/chapter/record.ts';
import { rowKinds } from '../../../src/trace/format.ts';
import type { Recording } from '../../../src/trace/recorder/recorder.ts';
import { watchTasks } from './harness.ts';

const fixtures = ['torture', 'workshop'].map(
  (name) => `tests/trace/fixtures/${name}.ts`,
);

const chapters = [
  'runnable/scenarios/knative/02-service/hello-world.ts',
  'runnable/scenarios/kubelet/02-pod-workers/two-kills.ts',
  'runnable/scenarios/tomcat/01-process-loop/keep-alive.ts',
];

for (const path of [...fixtures, ...chapters]) {
  test(`the task is the one that AsyncLocalStorage knows, in ${path}`, async () => {
    const { compared, wrong } = await watchTasks(path);
    assert.ok(compared > 200, `only ${compared} comparisons`);
    assert.equal(wrong, 0);
  });
}

test('AsyncLocalStorage catches a recorder that forgets who resumes', async () => {
  const { wrong } = await watchTasks(fixtures[0]!, ['resumes']);
  assert.ok(wrong > 20, `only ${wrong} differences`);
});

test('AsyncLocalStorage catches a recorder that restores at no line', async () => {
  const { wrong } = await watchTasks(fixtures[0]!, ['resumes', 'line']);
  assert.ok(wrong > 100, `only ${wrong} differences`);
});

interface Judgement {
  readonly calls: number;
  readonly wrong: readonly string[];
}

/**
 * Whether the parent of every call is alive, stands at a statement that spells
 * the callee, and belongs to the same task.
 */
function judgeParents(recording: Recording): Judgement {
  const { events, sites, files } = recording;
  const texts = files.map(({ path }) => readSource(path).text.split('\n'));
  const site: number[] = [];
  const task: number[] = [];
  const line: number[] = [];
  const ended = new Set<number>();
  const wrong: string[] = [];
  let calls = 0;
  for (const [row, kind] of events.kind.entries()) {
    const frame = events.frame[row]!;
    const a = events.a[row]!;
    switch (rowKinds[kind]!) {
      case 'call': {
        site[frame] = a;
        task[frame] = events.task[row]!;
        const parent = events.c[row]!;
        const { symbol } = sites[a]!;
        if (parent < 0 || symbol === '<module>') break;
        calls += 1;
        const by = sites[site[parent]!]!;
        const statement = texts[by.file]!.slice(
          (line[parent] ?? by.line) - 1,
          by.end,
        ).join('\n');
        const complaint = [
          ended.has(parent) ? 'ended before' : '',
          spells(statement, symbol) ? '' : 'does not spell it',
          task[parent] === task[frame] ? '' : 'is of another task',
        ].join('');
        if (complaint !== '') {
          wrong.push(`${by.symbol} called ${symbol}, but ${complaint}`);
        }
        break;
      }
      case 'line':
      case 'await':
      case 'resume':
        line[frame] = a;
        break;
      case 'return':
      case 'throw':
        ended.add(frame);
        break;
      default:
    }
  }
  return { calls, wrong };
}

/** Whether the text calls `symbol` within its first lines. */
function spells(text: string, symbol: string): boolean {
  const near = text.split('\n').slice(0, 12).join('\n');
  const parts = symbol.split('.');
  const last = parts.at(-1) ?? '';
  if (/^func\d+$/.test(last)) return near.includes('=>');
  if (last === 'constructor') {
    return near.includes('super(') || near.includes(`new ${parts[0] ?? ''}`);
  }
  return new RegExp(`${last.replace('#', '')}\\b`).test(near);
}

for (const path of fixtures) {
  test(`the parent of each call is who spells it, in ${path}`, async () => {
    const { recording } = await watchTasks(path);
    const { calls, wrong } = judgeParents(recording);
    assert.ok(calls > 30, `only ${calls} calls`);
    assert.deepEqual(wrong, []);
  });
}

for (const probe of ['exit', 'awaits'] as const) {
  test(`the text catches a recorder that forgets "${probe}"`, async () => {
    const { recording } = await watchTasks(fixtures[0]!, [probe]);
    const { wrong } = judgeParents(recording);
    assert.ok(wrong.length > 4, `only ${wrong.length} wrong parents`);
  });
}

test('recordScenario() writes the same bytes twenty times', async () => {
  for (const path of fixtures) {
    const record = async (): Promise<string> =>
      JSON.stringify(
        await recordScenario({ chapter: 'a/01-b', scenario: 'c', path }),
      );
    const first = await record();
    for (let run = 1; run < 20; run++) assert.equal(await record(), first);
  }
});
