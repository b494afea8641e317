import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openTrace } from '../../src/trace/open.ts';
import type { TraceModel } from '../../src/trace/model.ts';
import { TraceBuilder } from './builder.ts';
import { key, object, queueRun } from './queue-run.ts';

function addresses(model: TraceModel): string[] {
  const steps = Array.from({ length: model.count('story') }, (_, index) =>
    model.step('story', index + 1),
  );
  return steps.map(({ address }) => address);
}

describe('fold()', () => {
  it('tells the first run of a key in full', () => {
    const { builder } = queueRun();
    assert.deepEqual(addresses(openTrace(builder.build())), [
      'store.create Thing default/a',
      'queue.get Things default/a',
      'store.create Child default/a',
      'queue.done Things default/a',
    ]);
  });

  it('leads a delivery and an add to the get that took the key', () => {
    const { builder, delivery, add, get } = queueRun();
    const model = openTrace(builder.build());
    for (const row of [delivery, add]) {
      assert.equal(model.find(model.addressOf(row)), get);
    }
  });

  it('keeps what the scenario keeps, under the same addresses', () => {
    const { builder } = queueRun();
    builder.keep.push('queue.add');
    assert.deepEqual(addresses(openTrace(builder.build())).slice(0, 3), [
      'store.create Thing default/a',
      'queue.add Things default/a from Thing',
      'queue.get Things default/a',
    ]);
  });

  it('folds what the scenario folds, and the longer prefix wins', () => {
    const { builder } = queueRun();
    builder.fold.push('queue.');
    builder.keep.push('queue.done');
    assert.deepEqual(addresses(openTrace(builder.build())), [
      'store.create Thing default/a',
      'store.create Child default/a',
      'queue.done Things default/a',
    ]);
  });

  it('shows a delivery that queues nothing', () => {
    const { builder, write } = queueRun();
    const silent = builder
      .at(9)
      .task('informer Thing')
      .event('watch.deliver', 'Thing default/a', {
        fields: { verb: 'MODIFIED', object: object('Thing') },
        cause: write,
      });
    const model = openTrace(builder.build());
    assert.equal(model.step('story', model.count('story')).row, silent);
  });

  it('never shows a read, except one of the user', () => {
    const { builder } = queueRun();
    const fields = { object: object('Thing') };
    builder.task('worker 1').event('store.get', 'Thing default/a', { fields });
    builder.task('user').event('store.get', 'Thing default/a', { fields });
    const found = addresses(openTrace(builder.build()));
    assert.deepEqual(
      found.filter((address) => address.startsWith('store.get')),
      ['store.get Thing default/a #2'],
    );
  });

  it('always shows conflicts, refusals and deaths of tasks', () => {
    const { builder } = queueRun();
    builder.task('worker 1');
    const rows = [
      builder.event('store.conflict', 'Thing default/a', {
        fields: { had: '1', now: '2' },
      }),
      builder.event('store.update', 'Thing default/a', {
        case: 'refused',
        fields: { verb: 'update', error: new Error('no') },
      }),
      builder.event('task.die', 'worker 1', { fields: { error: 'x' } }),
    ];
    const model = openTrace(builder.build());
    for (const row of rows) {
      assert.equal(model.find(model.addressOf(row)), row);
    }
  });

  it('drops waits of zero length and keeps those that last', () => {
    const builder = new TraceBuilder().lane('worker', ['worker']);
    const loop = builder.site('loop', { async: true });
    builder.task('worker').call(loop);
    builder.event('store.create', 'Thing default/a');
    const short = builder.event('chan.recv', 'jobs', { case: 'block' });
    const resume = builder.await(11);
    resume();
    const long = builder.event('chan.recv', 'jobs', { case: 'block' });
    const resumeLate = builder.await(11);
    builder.at(5);
    resumeLate();
    const model = openTrace(builder.build());
    assert.equal(model.find(model.addressOf(long)), long);
    assert.notEqual(model.find(model.addressOf(short)), short);
  });

  it('tells a send and the receive that waited for it once', () => {
    const builder = new TraceBuilder().lane('a', ['a']).lane('b', ['b']);
    const send = builder.task('a').event('chan.send', 'jobs', {
      fields: { value: 'x', held: 0 },
    });
    builder.task('b').event('chan.recv', 'jobs', {
      fields: { value: 'x', held: 0, waited: 3 },
      cause: send,
    });
    assert.deepEqual(addresses(openTrace(builder.build())), ['chan.send jobs']);
  });

  it('does not tell a decision again that equals the one before', () => {
    const builder = new TraceBuilder().lane('worker', ['worker']);
    const decide = builder.site('decide', {
      params: ['what'],
      story: ['It is decided that {what} is right.'],
    });
    builder.task('worker');
    for (const what of ['left', 'left', 'right']) {
      builder.call(decide, [what]);
      builder.return();
    }
    assert.deepEqual(addresses(openTrace(builder.build())), [
      'call decide',
      'call decide #3',
    ]);
  });

  it('folds states that follow one another in one frame into one way', () => {
    const builder = new TraceBuilder().lane('worker', ['worker']);
    builder.machines = [
      { name: 'Light', states: ['red', 'amber', 'green'], initial: 'red' },
    ];
    const move = (from: string, to: string): number =>
      builder.event('state', `Light ${to}`, {
        fields: { machine: 'Light', object: '', from, to },
      });
    builder.task('worker');
    move('red', 'amber');
    move('amber', 'green');
    const model = openTrace(builder.build());
    assert.equal(model.count('story'), 1);
    const { sentence, changes } = model.step('story', 1);
    assert.equal(sentence, '`Light` goes from `red` to `green`.');
    assert.deepEqual(changes, [
      { field: 'Light', before: 'red (initial)', after: 'amber → green' },
    ]);
  });

  it('tells a changed value with the step of the same moment', () => {
    const builder = new TraceBuilder().lane('worker', ['worker']);
    builder.task('worker').event('store.create', 'Thing default/a');
    builder.event('change', 'count', { fields: { before: 0, after: 1 } });
    builder.at(7);
    builder.event('change', 'count', { fields: { before: 1, after: 2 } });
    const model = openTrace(builder.build());
    assert.deepEqual(addresses(model), [
      'store.create Thing default/a',
      'change count #2',
    ]);
    assert.deepEqual(model.step('story', 1).changes.at(-1), {
      field: 'count',
      before: '0',
      after: '1',
    });
  });

  it('tells a task that begins and ends at once as one step, and once', () => {
    const builder = new TraceBuilder().lane('a', ['a', 'mount']);
    const site = builder.site('reconcile', { async: true });
    builder.at(1).task('a').event('store.create', 'Thing default/a');
    for (const time of [2, 3, 4]) {
      builder.at(time).task('a').call(site);
      builder.event('task.start', 'mount');
      builder.task('mount').at(time === 4 ? 9 : time);
      builder.event('task.end', 'mount');
    }
    assert.deepEqual(addresses(openTrace(builder.build())).slice(1), [
      'task.start mount',
      'task.start mount #3',
      'task.end mount #3',
    ]);
  });

  it('tells a frame that is written in two buffers as one', () => {
    const builder = new TraceBuilder().lane('w', ['w']).task('w');
    const write = (at: number, ...bytes: number[]): void => {
      const fields = { bytes: Uint8Array.from(bytes), n: bytes.length };
      builder.event('bytes.write', `server @${String(at)}`, { fields });
    };
    write(0, 0x81, 2);
    write(2, 72, 105);
    write(4, 0x81, 0);
    const model = openTrace(builder.build());
    assert.deepEqual(addresses(model), [
      'bytes.write server @0',
      'bytes.write server @4',
    ]);
    const { sentence, changes } = model.step('story', 1);
    assert.equal(sentence, 'The w writes a text frame with `Hi`.');
    assert.deepEqual(changes, [
      { field: '81 02 48 69', after: 'fin 1, opcode 1 (text), 2 bytes: "Hi"' },
    ]);
  });

  it('tells neither a tick nor who takes it', () => {
    const builder = new TraceBuilder().lane('loop', ['loop']);
    builder
      .at(1000)
      .task('')
      .event('chan.send', 'syncCh', {
        fields: { value: 1554422401000, held: 0 },
      });
    const trace = builder.task('loop').build();
    const model = openTrace({
      ...trace,
      events: { ...trace.events, task: trace.events.task.map(() => -1) },
    });
    assert.equal(model.count('story'), 0);
    assert.equal(model.count('calls'), 1);
  });

  it('tells the same send into the same channel once', () => {
    const builder = new TraceBuilder().lane('loop', ['loop']).task('loop');
    for (const value of ['a', 'a', 'b']) {
      builder.event('chan.send', 'jobs', { fields: { value, held: 1 } });
    }
    assert.deepEqual(addresses(openTrace(builder.build())), [
      'chan.send jobs',
      'chan.send jobs #3',
    ]);
  });

  it('calls a run an echo when the controller caused it itself', () => {
    const { builder, queue, child } = queueRun();
    secondRun(builder, queue, child);
    const model = openTrace(builder.build());
    const last = model.step('story', model.count('story'));
    assert.equal(last.address, `queue.done Things ${key} #2`);
    assert.match(last.sentence, /echo of what the things controller wrote/u);
  });

  it('calls a run idle when somebody else caused it', () => {
    const { builder, queue, write } = queueRun();
    secondRun(builder, queue, write);
    const model = openTrace(builder.build());
    const last = model.step('story', model.count('story'));
    assert.equal(
      last.sentence,
      'Run 2 finds nothing to change and writes nothing.',
    );
  });
});

/** A second run of the key that writes nothing. */
function secondRun(builder: TraceBuilder, queue: object, cause: number): void {
  const path = 'runnable/client-go/util/workqueue/queue.ts';
  const site = (symbol: string): number =>
    builder.site(symbol, { path, params: ['item'], line: 90 });
  builder.at(10).task('informer Child');
  builder.event('watch.deliver', 'Child default/a', {
    fields: { verb: 'MODIFIED', object: object('Child') },
    cause,
  });
  for (const [task, symbol, result] of [
    ['informer Child', 'Type.add', undefined],
    ['worker 1', 'Type.get', { item: key }],
    ['worker 1', 'Type.done', undefined],
  ] as const) {
    builder.task(task).call(site(symbol), [key], queue);
    builder.return(result);
  }
}
