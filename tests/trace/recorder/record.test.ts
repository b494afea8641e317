import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  EventId,
  Observer,
  SimEvent,
} from '../../../runnable/sim/event.ts';
import { recordScenario, runScenario } from '../../../src/chapter/record.ts';
import type { RunRequest } from '../../../src/chapter/record.ts';
import { readTrace } from '../../../src/trace/read.ts';
import type { Trace } from '../../../src/trace/format.ts';
import { rowsOf } from '../rows.ts';

const fixture = (name: string, input?: string): RunRequest => ({
  chapter: 'tests/01-fixtures',
  scenario: name,
  path: `tests/trace/fixtures/${name}.ts`,
  ...(input === undefined ? {} : { input }),
});

const small = (input: string, more: Partial<RunRequest> = {}): Promise<Trace> =>
  recordScenario({ ...fixture('small', input), ...more });

test('recordScenario() writes a trace that readTrace() accepts', async () => {
  for (const name of ['torture', 'workshop']) {
    const trace = await recordScenario(fixture(name));
    assert.equal(trace.error, undefined);
    assert.deepEqual(readTrace(JSON.parse(JSON.stringify(trace))), trace);
  }
});

test('recordScenario() starts every run with fresh modules', async () => {
  const first = await small('nothing');
  const again = await small('nothing');
  assert.deepEqual(first.result, { runs: 1 });
  assert.deepEqual(again, first);
});

test('recordScenario() writes the same alone and after others', async () => {
  const alone = await recordScenario(fixture('workshop'));
  await Promise.all([recordScenario(fixture('torture')), small('fail')]);
  const [after] = await Promise.all([
    recordScenario(fixture('workshop')),
    small('nothing'),
  ]);
  assert.equal(JSON.stringify(after), JSON.stringify(alone));
});

test('recordScenario() names file and line of what may not be recorded', async () => {
  await assert.rejects(recordScenario(fixture('banned')), {
    name: 'SyntaxError',
    message:
      'tests/trace/fixtures/banned.ts:15: Cannot record "Date": take the time from "sim.now()"',
  });
  assert.equal((await runScenario(fixture('banned'))).error, undefined);
});

test('recordScenario() says what is missing in a file that is no scenario', async () => {
  const path = 'runnable/scenarios/scenario.ts';
  await assert.rejects(recordScenario({ ...fixture('small'), path }), {
    name: 'TypeError',
    message: `Cannot run ${path}: expected an export named "scenario"`,
  });
});

test('recordScenario() takes the seed and names it', async () => {
  assert.equal((await small('nothing')).seed, 1);
  assert.equal((await small('nothing', { seed: 7 })).seed, 7);
});

/** Events of the simulator as text, in order. */
class Listener implements Observer {
  readonly heard: string[] = [];

  place(): undefined {
    return undefined;
  }

  emit({ kind, subject, case: variant, fields }: SimEvent): EventId {
    // The number of an event depends on who listens, and is not compared.
    const { bytes: _, ...rest } = fields;
    const text = JSON.stringify(rest, (_key, value: unknown) =>
      value instanceof Error ? value.message : value,
    );
    this.heard.push(`${kind} ${subject} ${variant ?? ''} ${text}`);
    return this.heard.length;
  }

  spawn(_name: string, body: () => Promise<void>): Promise<void> {
    return body();
  }

  describe(): string {
    return 'somewhere';
  }
}

const requests: readonly RunRequest[] = [
  fixture('torture'),
  fixture('workshop'),
  { chapter: 'knative/02-service', scenario: 'hello-world' },
];

for (const request of requests) {
  test(`recording changes neither events nor times nor the result of ${request.scenario}`, async () => {
    const listener = new Listener();
    const plain = await runScenario({ ...request, observer: listener });
    const silent = await runScenario(request);
    const trace = await recordScenario(request);
    assert.deepEqual(silent, plain);
    assert.deepEqual(trace.result, plain.result);
    const recorded = rowsOf(trace).flatMap(
      ({ event, subject, case: variant }) =>
        event === undefined || /^(state|change|thing|slot)$/.test(event)
          ? []
          : [`${event} ${subject!} ${variant ?? ''}`],
    );
    const heard = listener.heard.map((text) =>
      text.slice(0, text.indexOf(' {')),
    );
    assert.deepEqual(recorded, heard);
  });
}

const endless = ['spin', 'spinAway', 'waitForever', 'swarm', 'sleepForever'];

for (const deed of endless) {
  test(`recordScenario() stops a run that would not end: ${deed}`, async () => {
    const trace = await small(deed, { maxEvents: 3000 });
    assert.match(
      trace.error!,
      /^RangeError: Cannot record the run: it (has 3000 events|took 10000000 steps) and goes on$/,
    );
    assert.ok(trace.events.kind.length <= 3000);
    readTrace(trace);
  });
}

test('recordScenario() stops a recursion that would not end', async () => {
  const trace = await small('recurse');
  assert.equal(
    trace.error,
    'RangeError: Cannot record the run: more than 2000 calls inside one another',
  );
});

test('recordScenario() records a run that fails, to its error', async () => {
  const trace = await small('fail');
  assert.equal(trace.error, 'TypeError: the main task failed');
  assert.equal(trace.result, null);
  const thrown = rowsOf(trace).filter(({ kind }) => kind === 'throw');
  assert.equal(thrown.length, 1);
});

test('recordScenario() records what fails while it is set up', async () => {
  const trace = await small('juggle');
  assert.equal(trace.error, 'Error: no deed "juggle"');
});

test('recordScenario() gives a task that dies its end', async () => {
  const trace = await small('failInTask');
  assert.equal(trace.error, 'Error: a task failed');
  const [died] = rowsOf(trace).filter(({ event }) => event === 'task.die');
  assert.equal(died!.task, 'doomed');
  assert.equal(died!.time, 5);
  const [end] = rowsOf(trace).filter(({ kind }) => kind === 'end');
  assert.equal(end!.name, 'doomed');
});

test('recordScenario() goes on after a death that is answered for', async () => {
  const trace = await small('failAndGoOn');
  assert.equal(trace.error, undefined);
  assert.deepEqual(trace.result, ['Error: a task failed']);
});

test('recordScenario() says where each task waits when nothing can go on', async () => {
  const trace = await small('stuck');
  assert.match(
    trace.error!,
    /^StuckError: Cannot go on: .* tests\/trace\/fixtures\/small\.ts:\d+ waits for nobody/,
  );
});

test('recordScenario() gives what a timer calls the task that asked for it', async () => {
  const rows = rowsOf(await small('later'));
  const call = rows.find(({ symbol }) => symbol === 'deeds.later.func1');
  assert.equal(call!.task, 'main');
  assert.equal(call!.time, 10);
});

test('recordScenario() records nothing of a process that was killed', async () => {
  const trace = await small('survivor');
  assert.equal(trace.result, 0);
  const late = rowsOf(trace).filter(
    ({ task, time }) => task === 'killed' && time > 1,
  );
  assert.deepEqual(late, []);
});

test('a resumption names the row that woke it', async () => {
  const rows = rowsOf(await recordScenario(fixture('workshop')));
  const resumed = rows.filter(
    ({ kind, cause }) => kind === 'resume' && cause! >= 0,
  );
  assert.ok(resumed.length > 5);
  for (const { row, cause, frame } of resumed) {
    const waker = rows[cause!]!;
    assert.ok(cause! < row);
    if (waker.kind === 'event') assert.equal(waker.frame, frame);
    else assert.equal(waker.kind, 'return');
  }
});

test('a receive names its send as cause', async () => {
  const rows = rowsOf(await recordScenario(fixture('workshop')));
  const received = rows.filter(
    ({ event, case: variant }) =>
      event === 'chan.recv' && variant === undefined,
  );
  assert.equal(received.length, 4);
  for (const { cause, fields } of received) {
    const sent = rows[cause!]!;
    assert.equal(sent.event, 'chan.send');
    assert.equal(sent.fields!['value'], fields!['value']);
  }
});

test('events of primitives that wait have the task that waited', async () => {
  const rows = rowsOf(await recordScenario(fixture('torture')));
  const reads = rows.filter(({ event }) => event === 'bytes.read');
  assert.ok(reads.length > 3);
  for (const { task } of reads) assert.equal(task, 'copy');
});

test('recordScenario() keeps of folded files their borders and stories', async () => {
  const whole = await recordScenario(fixture('workshop'));
  const folded = await recordScenario(fixture('folded'));
  const rows = rowsOf(folded);
  const symbols = rows.flatMap(({ symbol }) => symbol ?? []);
  assert.deepEqual(
    [...new Set(symbols)],
    [
      // Called by the recorder or the simulator.
      'scenario.begin',
      'scenario.begin.main',
      'scenario.begin.main.func1',
      // They have stories; `note` and the rest have none.
      'Worker.loop',
      'Worker.handle',
      // A state machine follows its variable.
      'process',
    ],
  );
  const lines = rows.filter(({ kind }) => kind === 'line');
  assert.deepEqual(lines, []);
  assert.deepEqual(folded.result, whole.result);
  const events = (trace: Trace): string[] =>
    rowsOf(trace).flatMap(({ event, subject, task, time }) =>
      event === undefined || /^(thing|slot|change|state)$/.test(event)
        ? []
        : `${time} ${task} ${event} ${subject!}`,
    );
  assert.deepEqual(events(folded), events(whole));
});
