import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openTrace } from '../../../src/trace/open.ts';
import { TraceBuilder } from '../builder.ts';
import { key, object, queueRun } from '../queue-run.ts';

function condition(status: string): object {
  return { conditions: [{ type: 'Ready', status }] };
}

describe('things()', () => {
  it('shows what is to come, what is, and what is gone', () => {
    const builder = new TraceBuilder().task('a');
    const write = (kind: string, more: object, variant?: string): number =>
      builder.event(kind, 'Route default/a', {
        fields: { object: object('Route', more) },
        ...(variant === undefined ? {} : { case: variant }),
      });
    const start = builder.event('chan.close', 'c');
    const rows = [
      start,
      write('store.create', { status: condition('Unknown') }),
      write('store.updateStatus', { status: condition('True') }),
      write(
        'store.delete',
        { metadata: { deletionTimestamp: 'now' } },
        'marked',
      ),
      write('store.delete', {}),
    ];
    const model = openTrace(builder.build());
    const states = rows.map((row) => model.things(row)[0]?.state);
    assert.deepEqual(states, [
      'future',
      'present',
      'present',
      'deleting',
      'gone',
    ]);
    const [, , changed = -1] = rows;
    assert.deepEqual(
      model.things(changed)[0]?.fields.find(({ name }) => name === 'Ready'),
      { name: 'Ready', value: 'True', style: 'condition', before: 'Unknown' },
    );
    assert.equal(model.document('Route/default/a', start), undefined);
  });

  it('finds the owner by its controller reference', () => {
    const { builder, child } = queueRun();
    const things = openTrace(builder.build()).things(child);
    const found = things.find(({ kind }) => kind === 'Child');
    assert.equal(found?.owner, 'Thing/default/a');
    assert.equal(found.touched, true);
  });

  it('shows what the scenario declares, until it is gone', () => {
    const builder = new TraceBuilder().task('a');
    const thing = { kind: 'Processor', name: 'p1', owner: '' };
    const fields = { ...thing, fields: { upgraded: false } };
    builder.event('thing', 'Processor/p1', { fields });
    const later = { ...thing, fields: { upgraded: true } };
    const now = builder.event('thing', 'Processor/p1', { fields: later });
    const gone = builder.event('thing', 'Processor/p1', {
      case: 'gone',
      fields: thing,
    });
    const model = openTrace(builder.build());
    assert.deepEqual(model.things(now)[0]?.fields, [
      { name: 'upgraded', value: 'true', style: 'plain', before: 'false' },
    ]);
    assert.equal(model.things(gone)[0]?.state, 'gone');
    assert.equal(model.lastWriter('Processor/p1', 'upgraded', now), now);
  });

  it('ignores writes that were refused', () => {
    const builder = new TraceBuilder().task('a');
    builder.event('store.create', 'Route default/a', {
      case: 'refused',
      fields: { object: object('Route') },
    });
    assert.deepEqual(openTrace(builder.build()).things(0), []);
  });
});

describe('slots()', () => {
  it('follows a work queue whose code is folded', () => {
    const { builder, add, get, done } = queueRun();
    const model = openTrace(builder.build());
    const contents = (row: number): unknown[] =>
      model.slots(row).map((slot) => [slot.name, slot.contents, slot.before]);
    assert.deepEqual(contents(add), [
      ['queue', [key], []],
      ['dirty', [key], []],
      ['processing', [], undefined],
    ]);
    assert.deepEqual(contents(get), [
      ['queue', [], [key]],
      ['dirty', [], [key]],
      ['processing', [key], []],
    ]);
    assert.deepEqual(contents(done).at(-1), ['processing', [], [key]]);
  });

  it('shows channels, what they hold and who waits on them', () => {
    const builder = new TraceBuilder().lane('w', ['worker']).task('worker');
    builder.call(builder.site('loop', { async: true }));
    const block = builder.event('chan.recv', 'jobs', {
      case: 'block',
      fields: { held: 0 },
    });
    const resume = builder.await(3);
    builder.at(4).task('other');
    const send = builder.event('chan.send', 'jobs', {
      fields: { value: { type: 'kill' }, held: 1, capacity: 1 },
    });
    const end = resume();
    const model = openTrace(builder.build());
    assert.deepEqual(model.slots(block)[0]?.waiting, ['w']);
    assert.deepEqual(model.slots(send)[0]?.contents, ['kill']);
    assert.equal(model.slots(send)[0]?.capacity, 1);
    assert.deepEqual(model.slots(end)[0]?.waiting, []);
  });

  it('prefers what the scenario declares', () => {
    const builder = new TraceBuilder().task('a');
    const row = builder.event('slot', 'parking/place', {
      fields: {
        group: 'parking',
        name: 'place',
        capacity: 1,
        contents: ['kill'],
        note: 'locked: a kill',
      },
    });
    assert.deepEqual(openTrace(builder.build()).slots(row), [
      {
        group: 'parking',
        name: 'place',
        contents: ['kill'],
        capacity: 1,
        note: 'locked: a kill',
        before: [],
        waiting: [],
      },
    ]);
  });
});

describe('wires()', () => {
  it('holds each side’s writes and whether they were read', () => {
    const builder = new TraceBuilder().task('a');
    const bytes = Uint8Array.of(1, 2, 3);
    builder.event('bytes.connect', 'client', { fields: { peer: 'server' } });
    const write = builder.event('bytes.write', 'client @0', {
      fields: { bytes, n: 3 },
    });
    const half = builder.event('bytes.read', 'server @0', {
      fields: { bytes: bytes.slice(0, 2), n: 2 },
      cause: write,
    });
    const rest = builder.event('bytes.read', 'server @2', {
      fields: { bytes: bytes.slice(2), n: 1 },
      cause: write,
    });
    const model = openTrace(builder.build());
    const [client, server] = model.wires(rest);
    assert.deepEqual(client?.writes[0]?.bytes, bytes);
    assert.equal(client.writes[0].read, true);
    assert.equal(model.wires(half)[0]?.writes[0]?.read ?? true, false);
    assert.deepEqual(server, { side: 'server', writes: [] });
  });
});

describe('machines()', () => {
  it('counts each edge so far and in all, and finds the next time', () => {
    const builder = new TraceBuilder().task('a');
    builder.machines = [
      { name: 'Door', states: ['open', 'shut'], initial: 'open' },
    ];
    const rows = ['shut', 'open', 'shut'].map((to, index) =>
      builder.event('state', `Door ${to}`, {
        fields: {
          machine: 'Door',
          object: '',
          from: index % 2 === 0 ? 'open' : 'shut',
          to,
        },
      }),
    );
    const [machine] = openTrace(builder.build()).machines(rows[1] ?? -1);
    assert.equal(machine?.current, 'open');
    assert.deepEqual(machine.edges, [
      {
        from: 'open',
        to: 'shut',
        taken: 1,
        total: 2,
        now: false,
        next: rows[2],
      },
      {
        from: 'shut',
        to: 'open',
        taken: 1,
        total: 1,
        now: true,
        next: rows[1],
      },
    ]);
  });
});
