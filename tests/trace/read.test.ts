import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { recordScenario } from '../../src/chapter/record.ts';
import { readSource } from '../../src/source/files.ts';
import type { Trace } from '../../src/trace/format.ts';
import { openTrace } from '../../src/trace/open.ts';
import { writeTrace } from '../../src/trace/pack.ts';
import { readTrace } from '../../src/trace/read.ts';

type Json = Record<string, unknown>;

const trace = await recordScenario({
  chapter: 'tests/01-fixtures',
  scenario: 'workshop',
  path: 'tests/trace/fixtures/workshop.ts',
});
const text = JSON.stringify(trace);
const fresh = (): Json => JSON.parse(text) as Json;
const schema = JSON.parse(readSource('src/trace/schema.json').text) as Json;
const packed = (): Json => JSON.parse(writeTrace(trace)) as Json;
const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(
  schema,
);

test('readTrace() takes a recorded trace as it is', () => {
  assert.deepEqual(readTrace(fresh()), trace);
});

test('readTrace() takes back what writeTrace() wrote', () => {
  const written = writeTrace(trace);
  const back = readTrace(JSON.parse(written));
  const { time, task, kind, frame, c } = trace.events;
  assert.deepEqual(
    { ...back.events, a: [], b: [] },
    { time, task, kind, frame, a: [], b: [], c },
  );
  assert.equal(shown(back), shown(trace));
  assert.equal(writeTrace(back), written);
});

/** All that a run shows: its steps, and its objects at each of them. */
function shown(one: Trace): string {
  const model = openTrace(one);
  const steps = Array.from({ length: model.count('lines') }, (_, at) => {
    const step = model.step('lines', at + 1);
    return [step, model.stack(step.row), model.things(step.row)];
  });
  return JSON.stringify(steps);
}

test('the fixture in the repository is what is recorded today', () => {
  const kept = readSource('tests/trace/fixtures/workshop.json').text;
  assert.deepEqual(JSON.parse(kept), fresh());
});

test('schema.json allows what is recorded and what is written', () => {
  validate(fresh());
  assert.deepEqual(validate.errors, null);
  validate(JSON.parse(writeTrace(trace)));
  assert.deepEqual(validate.errors, null);
});

test('readTrace() names both versions when they differ', () => {
  assert.throws(() => readTrace({ ...fresh(), version: 7 }), {
    name: 'RangeError',
    message:
      'Cannot read the trace: it has version 7, and this reads version 2',
  });
  assert.throws(() => readTrace({ format: 'inside-the-loop/trace' }), {
    message:
      'Cannot read the trace: it has version nothing, and this reads version 2',
  });
});

test('readTrace() names the format when it is another one', () => {
  for (const [json, found] of [
    [{ format: 'pcap' }, '"pcap"'],
    [{}, 'nothing'],
  ] as const) {
    assert.throws(() => readTrace(json), {
      name: 'TypeError',
      message: `Cannot read the trace: expected the format "inside-the-loop/trace", got ${found}`,
    });
  }
  for (const json of [null, 1, 'text', undefined]) {
    assert.throws(() => readTrace(json), TypeError);
  }
});

/** Sets what a path of keys leads to. */
function set(
  path: readonly (string | number)[],
  value: unknown,
  json = fresh(),
): Json {
  const last = path.at(-1)!;
  let at = json as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) {
    at = at[key] as Record<string | number, unknown>;
  }
  at[last] = value;
  return json;
}

const rowOf = (kind: number): number => trace.events.kind.indexOf(kind);
const [call, resume, variable, heap, event] = [0, 5, 7, 8, 11].map(rowOf);
const poolOf = (row: number): number => trace.events.b[row]!;

const { length: heapEntries } = (
  packed()['streams'] as Record<string, number[]>
)['heap.b.even']!;

const wrong: readonly [string, Json, string][] = [
  [
    'a title that is a number',
    set(['title'], 1),
    'expected "title" to be a string, got 1',
  ],
  [
    'an unknown field',
    set(['extra'], 1),
    'expected the trace to have no "extra", found one',
  ],
  [
    'a seed out of range',
    set(['seed'], -1),
    'expected "seed" to be from 0 to 4294967295, got -1',
  ],
  [
    'a lane without a noun',
    set(['lanes', 1], { id: 'a' }),
    'expected "lanes"[1] to have "noun", found nothing',
  ],
  [
    'a site of no file',
    set(['sites', 2, 'file'], 9),
    'expected sites[2].file to be from 0 to 0, got 9',
  ],
  [
    'a value of no kind',
    set(['values', 3], { what: 1 }),
    'expected "values"[3] to have "other", found nothing',
  ],
  [
    'a value of no object',
    set(['values', 4], { object: 9999 }),
    `expected values[4].object to be from 0 to ${trace.objects.length - 1}, got 9999`,
  ],
  [
    'bytes that are none',
    set(['values', 5], { bytes: 'abc' }),
    'expected "values"[5].bytes to be pairs of hexadecimal digits',
  ],
  [
    'a column that is short',
    set(['events', 'c'], []),
    `expected events.c to have ${trace.events.time.length} entries as events.time has, got 0`,
  ],
  [
    'a cell that is no integer',
    set(['events', 'a', 3], 0.5),
    'expected "events".a[3] to be an integer, got 0.5',
  ],
  [
    'a stream that ends too early',
    set(['streams', 'call.b.odd'], [], packed()),
    'expected streams["call.b.odd"] to have more than 0 entries',
  ],
  [
    'a list that never ends',
    set(['streams', 'heap.b', 0], 2_000_000_000, packed()),
    `expected streams["heap.b.even"] to have more than ${heapEntries} entries`,
  ],
  [
    'a stream of no cell',
    set(['streams', 'call.d'], [], packed()),
    'expected "streams" to have no "call.d", found one',
  ],
  [
    'a frame that cannot be foreseen',
    set(['streams', 'frame', 3], 99, packed()),
    'expected events.frame[3] to be from -1 to -1, got 98',
  ],
  [
    'rows in two forms',
    { ...fresh(), streams: packed()['streams'] },
    'expected the trace to have no "pool", found one',
  ],
  [
    'a kind that is none',
    set(['events', 'kind', 3], 12),
    'expected events.kind[3] to be from 0 to 11, got 12',
  ],
  [
    'a task that is none',
    set(['events', 'task', 3], 2),
    'expected events.task[3] to be from -1 to 1, got 2',
  ],
  [
    'time that falls',
    set(['events', 'time', 0], 1),
    'expected events.time[1] to be at least 1, got 0',
  ],
  [
    'a call of no site',
    set(['events', 'a', call!], 999),
    `expected events.a[${call!}] to be from 0 to ${trace.sites.length - 1}, got 999`,
  ],
  [
    'a frame out of order',
    set(['events', 'frame', call!], 1),
    `expected events.frame[${call!}] to be from 0 to 0, got 1`,
  ],
  [
    'a list beyond the pool',
    set(['pool', poolOf(call!)], 1_000_000),
    `expected pool[${poolOf(call!)}] to be from 0 to ${trace.pool.length - poolOf(call!) - 1}, got 1000000`,
  ],
  [
    'a waker that comes later',
    set(['events', 'c', resume!], resume!),
    `expected events.c[${resume!}] to be from -1 to ${resume! - 1}, got ${resume!}`,
  ],
  [
    'a variable without a name',
    set(['events', 'a', variable!], 9999),
    `expected events.a[${variable!}] to be from 0 to ${trace.strings.length - 1}, got 9999`,
  ],
  [
    'fields that are no pairs',
    set(['pool', poolOf(heap!)], 1),
    `expected pool[${poolOf(heap!)}] to begin a list of pairs, got 1`,
  ],
  [
    'an event without a subject',
    set(['pool', poolOf(event!)], 0),
    `expected pool[${poolOf(event!)}] to begin a list of pairs, got 0`,
  ],
];

for (const [what, json, message] of wrong) {
  test(`readTrace() refuses ${what}`, () => {
    assert.throws(() => readTrace(json), {
      message: `Cannot read the trace: ${message}`,
    });
  });
}

test('readTrace() refuses lists that overlap, before they cost time', () => {
  const json = fresh();
  const pool = new Array<number>(40_000).fill(20_000);
  const events = json['events'] as Record<string, number[]>;
  for (const name of Object.keys(events)) {
    events[name] = Array.from({ length: 20_000 }, (_, row) =>
      name === 'b' ? row : name === 'kind' ? 8 : 0,
    );
  }
  events['frame']!.fill(-1);
  events['task']!.fill(-1);
  const values = new Array<null>(20_001).fill(null);
  assert.throws(() => readTrace({ ...json, pool, values }), {
    message: 'Cannot read the trace: expected the lists of pool not to overlap',
  });
});

/** Every place in a piece of JSON, as a path. */
function pathsOf(
  json: unknown,
  path: (string | number)[] = [],
): (typeof path)[] {
  if (typeof json !== 'object' || json === null) return [path];
  const entries = Array.isArray(json)
    ? json.slice(0, 40).map((inner, at) => [at, inner] as const)
    : Object.entries(json);
  return [
    path,
    ...entries.flatMap(([key, inner]) => pathsOf(inner, [...path, key])),
  ];
}

const isSchemaOnly = (path: readonly (string | number)[]): boolean =>
  path[0] !== 'result';

test('readTrace() refuses what schema.json refuses, and fails in no other way', () => {
  const forms = [fresh, packed];
  const places = forms.flatMap((form) =>
    pathsOf(form())
      .filter((path) => path.length > 0 && isSchemaOnly(path))
      .map((path) => ({ form, path })),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...places),
      fc.oneof(
        fc.constantFrom(undefined, null, -1, 0.5, 1e12, '', 'x', true),
        fc.constantFrom([], {}, [[]], { object: -1 }, { other: 1 }),
        fc.integer(),
      ),
      ({ form, path }, value) => {
        const changed = set(path, value, form());
        const json = JSON.parse(JSON.stringify(changed)) as Json;
        const allowed = validate(json);
        let read: Trace | undefined;
        try {
          read = readTrace(json);
        } catch (error) {
          assert.ok(error instanceof TypeError || error instanceof RangeError);
          assert.match(error.message, /^Cannot read the trace: /);
        }
        if (!allowed) assert.equal(read, undefined);
      },
    ),
    { numRuns: 800 },
  );
});
