import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Slot, Thing } from '../../../runnable/scenarios/scenario.ts';
import { recordScenario } from '../../../src/chapter/record.ts';
import { ViewReader } from '../../../src/trace/recorder/views.ts';
import type { Difference } from '../../../src/trace/recorder/views.ts';
import { rowsOf } from '../rows.ts';

/** What one reading reports. */
function news(reader: ViewReader): Difference[] {
  const found: Difference[] = [];
  reader.read((difference) => found.push(difference));
  return found;
}

test('ViewReader reports a machine when its state is another one', () => {
  let state: string | undefined;
  const reader = new ViewReader({
    machines: [
      { name: 'M', states: ['A', 'B'], initial: 'A', read: () => state },
    ],
  });
  assert.deepEqual(news(reader), []);
  state = 'A';
  assert.deepEqual(news(reader), []);
  state = 'B';
  const fields = { machine: 'M', object: '', from: 'A', to: 'B' };
  assert.deepEqual(news(reader), [{ kind: 'state', subject: 'M', fields }]);
  assert.deepEqual(news(reader), []);
});

test('ViewReader tells several machines of one kind apart', () => {
  const states = new Map([['one', 'A']]);
  const reader = new ViewReader({
    machines: [
      { name: 'M', states: ['A', 'B'], initial: 'A', readEach: () => states },
    ],
  });
  news(reader);
  states.set('two', 'B').set('one', 'B');
  const told = news(reader).map(({ subject, fields }) => [subject, fields]);
  assert.deepEqual(told, [
    ['M one', { machine: 'M', object: 'one', from: 'A', to: 'B' }],
    ['M two', { machine: 'M', object: 'two', from: 'A', to: 'B' }],
  ]);
});

test('ViewReader compares watched values by value, and keeps copies', () => {
  const list = ['a'];
  let plain: unknown = 1;
  const reader = new ViewReader({
    watched: [
      { name: 'list', read: () => list },
      { name: 'plain', read: () => plain },
    ],
  });
  assert.deepEqual(news(reader), []);
  list.push('b');
  plain = undefined;
  assert.deepEqual(news(reader), [
    {
      kind: 'change',
      subject: 'list',
      fields: { before: ['a'], after: ['a', 'b'] },
    },
    {
      kind: 'change',
      subject: 'plain',
      fields: { before: 1, after: undefined },
    },
  ]);
  assert.deepEqual(news(reader), []);
});

test('ViewReader reports things that are new, different or gone', () => {
  const fields: Record<string, string> = { phase: 'Pending' };
  let things: Thing[] = [{ kind: 'Pod', name: 'a', owner: 'Node/n', fields }];
  const reader = new ViewReader({ things: () => things });
  const told = (): unknown[] =>
    news(reader).map((one) => [one.subject, one.gone, one.fields['fields']]);
  assert.deepEqual(told(), [['Pod/a', false, { phase: 'Pending' }]]);
  assert.deepEqual(told(), []);
  fields['phase'] = 'Running';
  assert.deepEqual(told(), [['Pod/a', false, { phase: 'Running' }]]);
  things = [];
  assert.deepEqual(told(), [['Pod/a', true, { phase: 'Running' }]]);
  assert.deepEqual(told(), []);
});

test('ViewReader reports slots whose contents, room or note differ', () => {
  const contents: string[] = [];
  const extra: { note?: string } = {};
  const reader = new ViewReader({
    slots: (): Slot[] => [{ group: 'g', name: 's', contents, ...extra }],
  });
  assert.equal(news(reader).length, 1);
  assert.equal(news(reader).length, 0);
  contents.push('key');
  assert.deepEqual(news(reader), [
    {
      kind: 'slot',
      subject: 'g/s',
      gone: false,
      fields: { group: 'g', name: 's', contents: ['key'] },
    },
  ]);
  extra.note = 'locked';
  assert.equal(news(reader).length, 1);
});

const workshop = async (): ReturnType<typeof recordScenario> =>
  recordScenario({
    chapter: 'tests/01-fixtures',
    scenario: 'workshop',
    path: 'tests/trace/fixtures/workshop.ts',
  });

test('a state is written after the row that brought it about', async () => {
  const rows = rowsOf(await workshop());
  const moods = rows.filter(({ subject }) => subject === 'Mood');
  assert.deepEqual(
    moods.map(({ fields }) => fields!['to']),
    ['Busy', 'Idle', 'Busy', 'Idle', 'Busy', 'Idle', 'Closed'],
  );
  for (const { row, cause, task, fields } of moods) {
    const before = rows[cause!]!;
    assert.equal(task, 'worker');
    assert.equal(before.kind, 'heap');
    assert.ok(before.values!.includes(fields!['to']));
    assert.ok(rows.slice(cause! + 1, row).every(({ kind }) => kind !== 'line'));
  }
});

test('a machine that is a local variable follows its writes', async () => {
  const rows = rowsOf(await workshop());
  const states = rows.filter(({ subject }) => subject === 'Process');
  assert.deepEqual(
    states.map(({ fields }) => [fields!['from'], fields!['to']]),
    [
      ['OPEN', 'LONG'],
      ['LONG', 'CLOSED'],
    ],
  );
  for (const { cause } of states) {
    assert.equal(rows[cause!]!.kind, 'var');
    assert.equal(rows[cause!]!.name, 'state');
  }
});

test('a watched value, things and slots are written with their cause', async () => {
  const rows = rowsOf(await workshop());
  const subjects = (kind: string): unknown[] =>
    rows.flatMap(({ event, subject }) => (event === kind ? [subject] : []));
  assert.deepEqual(subjects('change'), ['handled', 'handled', 'handled']);
  assert.deepEqual(
    new Set(subjects('thing')),
    new Set(['Job/good', 'Job/bad', 'Job/last']),
  );
  assert.ok(subjects('slot').length > 3);
  for (const { event, cause, row } of rows) {
    if (event === 'thing' || event === 'slot') assert.ok(cause! < row);
  }
});

test('the code of the view is not part of the run', async () => {
  const symbols = rowsOf(await workshop()).map(({ symbol }) => symbol);
  for (const own of ['things', 'slots', 'read', 'view']) {
    assert.ok(!symbols.some((symbol) => symbol?.includes(own) === true));
  }
});

test('a view that cannot be read ends the run with its reason', async () => {
  const trace = await recordScenario({
    chapter: 'tests/01-fixtures',
    scenario: 'blind',
    path: 'tests/trace/fixtures/blind.ts',
  });
  assert.equal(
    trace.error,
    'Error: Cannot read the view of the scenario: nothing to see',
  );
});

test('a machine whose function is nowhere ends the run with its name', async () => {
  const trace = await recordScenario({
    chapter: 'tests/01-fixtures',
    scenario: 'blind',
    path: 'tests/trace/fixtures/blind.ts',
    input: 'local',
  });
  assert.equal(
    trace.error,
    'RangeError: Cannot follow machine "M": no recorded function is "Nobody.there"',
  );
});
