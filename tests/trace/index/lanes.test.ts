import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openTrace } from '../../../src/trace/open.ts';
import { TraceBuilder } from '../builder.ts';
import { queueRun } from '../queue-run.ts';

describe('lanes', () => {
  it('follow the innermost symbol, else the task', () => {
    const builder = new TraceBuilder()
      .lane('worker', ['worker-*'])
      .lane('endpoint', [], { symbols: ['EchoEndpoint.*'] });
    const story = ['It runs.'];
    const outer = builder.site('process', { story });
    const inner = builder.site('EchoEndpoint.onOpen', { line: 30, story });
    const deep = builder.site('send', { line: 50, story });
    builder.task('worker-1').call(outer);
    builder.call(inner);
    builder.call(deep);
    const model = openTrace(builder.build());
    const lanes = [1, 2, 3].map((n) => model.step('calls', n).lane);
    assert.deepEqual(lanes, [0, 1, 1]);
  });
});

describe('arrows()', () => {
  it('go from a write to its delivery and from an add to the get', () => {
    const { builder, write, get } = queueRun();
    const model = openTrace(builder.build());
    const found = model
      .arrows('story', 1, model.count('story'))
      .map(({ style, from, to }) => [
        style,
        from.lane,
        from.row,
        to.lane,
        to.row,
      ]);
    assert.deepEqual(found, [
      ['delivery', 0, write, 1, get],
      ['delivery', 1, get, 2, get],
    ]);
  });

  it('are all found at the level of calls, and only within the window', () => {
    const { builder, write, delivery, add, get } = queueRun();
    const model = openTrace(builder.build());
    const all = model.arrows('calls', 1, model.count('calls'));
    assert.deepEqual(
      all.map(({ from, to }) => [from.row, to.row]),
      [
        [write, delivery],
        [add, get],
      ],
    );
    const last = model.count('calls');
    assert.deepEqual(model.arrows('calls', last, last), []);
  });

  it('show calls into another lane, and the way back', () => {
    const builder = new TraceBuilder()
      .lane('worker', ['worker'])
      .lane('cri', [], { symbols: ['CRI.*'] });
    builder.task('worker').call(builder.site('sync', { async: true }));
    const run = builder.site('CRI.run', { line: 30 });
    const begin = builder.call(run, ['s1']);
    builder.at(300);
    const end = builder.return();
    const model = openTrace(builder.build());
    assert.deepEqual(
      model.arrows('story', 1, 2).map(({ style, from, to, label }) => ({
        style,
        lanes: [from.lane, to.lane],
        rows: [from.row, to.row],
        label,
      })),
      [
        { style: 'call', lanes: [0, 1], rows: [begin, begin], label: 'run' },
        { style: 'return', lanes: [1, 0], rows: [end, end], label: 'run' },
      ],
    );
    assert.deepEqual(
      [1, 2].map((n) => model.step('story', n).sentence),
      ['The worker asks the cri to run `s1`.', 'The cri answers after 300 ms.'],
    );
  });

  it('mark what was refused', () => {
    const { builder } = queueRun();
    builder.task('worker 1').event('store.conflict', 'Thing default/a', {
      fields: { had: '1', now: '2' },
    });
    const model = openTrace(builder.build());
    const [refused] = model
      .arrows('story', 1, model.count('story'))
      .filter(({ style }) => style === 'refused');
    assert.deepEqual([refused?.from.lane, refused?.to.lane], [2, 0]);
  });
});

describe('intervals()', () => {
  it('tell acting, waiting and sleeping apart', () => {
    const builder = new TraceBuilder().lane('w', ['worker']).task('worker');
    const start = builder.call(builder.site('loop', { async: true }));
    const sleep = builder.event('clock.sleep', '', { fields: { ms: 5 } });
    const wake = builder.await(11);
    builder.at(5);
    const awake = wake();
    const block = builder.event('chan.recv', 'jobs', { case: 'block' });
    const go = builder.await(12);
    builder.at(9);
    const received = go();
    const end = builder.return();
    const model = openTrace(builder.build());
    assert.deepEqual(model.intervals(0, 0, model.rows), [
      { activity: 'running', from: start, to: sleep },
      { activity: 'sleeping', from: sleep, to: awake },
      { activity: 'running', from: awake, to: block },
      { activity: 'blocked', from: block, to: received, why: 'for jobs' },
      { activity: 'running', from: received, to: end + 1 },
    ]);
    assert.deepEqual(
      model.intervals(0, awake, awake + 1).map(({ from }) => from),
      [awake],
    );
  });

  it('call a worker blocked while its queue is empty', () => {
    const { builder, get } = queueRun();
    const model = openTrace(builder.build());
    const [first, second] = model.intervals(2, 0, model.rows);
    assert.equal(first?.activity, 'running');
    assert.deepEqual([second?.activity, second?.why], ['blocked', 'for a key']);
    assert.ok((second?.to ?? 0) <= get);
  });
});
