import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openTrace } from '../../src/trace/open.ts';
import { TraceBuilder } from './builder.ts';
import { key, object, queueRun } from './queue-run.ts';

const path = 'runnable/client-go/util/workqueue/queue.ts';

describe('derive()', () => {
  it('tells adds by what the queue already knows', () => {
    const { builder, queue } = queueRun();
    const add = builder.site('Type.add', { path, params: ['item'] });
    const get = builder.site('Type.get', { path, async: true });
    const rows: number[] = [];
    const put = (): void => {
      rows.push(builder.call(add, [key], queue));
      builder.return();
    };
    builder.at(10).task('other');
    put();
    put();
    builder.task('worker 1').call(get, [], queue);
    builder.return({ item: key });
    builder.task('other');
    put();
    put();
    builder.keep.push('queue.add');
    const model = openTrace(builder.build());
    const cases = rows.map((row) => {
      const step = model.step('calls', model.at('calls', row));
      return step.case;
    });
    assert.deepEqual(cases, ['plain', 'known', 'dirty', 'known']);
  });

  it('joins a rate limited add with the delay it chose', () => {
    const { builder, queue } = queueRun();
    const limited = builder.site('RateLimitingType.addRateLimited', { path });
    const after = builder.site('DelayingType.addAfter', { path, line: 70 });
    const work = builder.site('work', { line: 90 });
    builder.at(10).task('worker 1').call(work);
    builder.throw(new Error('it broke'));
    const row = builder.call(limited, [key], queue);
    builder.call(after, [key, 5], queue);
    builder.return();
    builder.return();
    const model = openTrace(builder.build());
    const last = model.step('story', model.count('story'));
    assert.equal(last.row, row);
    assert.equal(
      last.sentence,
      'After an error, key `default/a` is to be tried again in 5 ms: it broke.',
    );
  });

  it('takes an event once, in its final words', () => {
    const builder = new TraceBuilder()
      .lane('worker', ['worker'])
      .task('worker');
    const record = 'runnable/client-go/tools/record/event.ts';
    const eventf = builder.site('EventRecorder.eventf', { path: record });
    const event = builder.site('EventRecorder.event', {
      path: record,
      line: 40,
    });
    const thing = object('Thing');
    builder.call(eventf, [thing, 'Normal', 'Made', 'Made %q', 'b']);
    builder.call(event, [thing, 'Normal', 'Made', 'Made "b"']);
    const model = openTrace(builder.build());
    assert.equal(model.count('story'), 1);
    const step = model.step('story', 1);
    assert.equal(step.address, 'event Made Thing default/a');
    assert.equal(
      step.sentence,
      'The worker records `Made` on Thing `a`: Made "b"',
    );
  });

  it('tells an event with the write it reports', () => {
    const builder = new TraceBuilder()
      .lane('worker', ['worker'])
      .task('worker');
    const site = builder.site('EventRecorder.event', {
      path: 'runnable/client-go/tools/record/event.ts',
    });
    const thing = object('Thing');
    builder.event('store.create', 'Thing default/a', {
      fields: { object: thing },
    });
    builder.at(2).call(site, [thing, 'Normal', 'Made', 'Made it']);
    const model = openTrace(builder.build());
    assert.equal(model.count('story'), 1);
    assert.deepEqual(model.step('story', 1).changes.at(-1), {
      field: 'event',
      after: 'Normal Made "Made it"',
    });
  });

  it('names a log by whose it is and formats its text', () => {
    const builder = new TraceBuilder()
      .lane('worker', ['worker'])
      .task('worker');
    const log = builder.site('SugaredLogger.infof', {
      path: 'runnable/knative/logging/logger.ts',
    });
    const caller = builder.site('Reconciler.reconcile', { line: 60 });
    builder.event('store.create', 'Thing default/a');
    builder.call(caller);
    const row = builder.call(log, ['Made %s of %d%%', 'a', 5]);
    const model = openTrace(builder.build());
    assert.equal(model.addressOf(row), 'log Reconciler');
    const { sentence } = model.step('story', 2);
    assert.equal(sentence, 'The worker logs: Made a of 5%');
  });
});
