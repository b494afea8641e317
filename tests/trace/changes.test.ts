import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openTrace } from '../../src/trace/open.ts';
import type { Change } from '../../src/trace/model.ts';
import { TraceBuilder } from './builder.ts';
import { object } from './queue-run.ts';

function changesOf(builder: TraceBuilder): readonly Change[] {
  const model = openTrace(builder.build());
  return model.step('story', model.count('story')).changes;
}

describe('Changes', () => {
  it('compare an object before and after a call that does not wait', () => {
    const builder = new TraceBuilder().task('a');
    const status = { phase: 'Pending', conditions: [] as object[] };
    const site = builder.site('Status.markReady', {
      params: ['wanted'],
      story: ['The status becomes ready.'],
    });
    const wanted = { labels: {} as Record<string, string> };
    builder.call(site, [wanted], status);
    status.phase = 'Running';
    status.conditions.push({ type: 'Ready', status: 'True' });
    wanted.labels['serving.knative.dev/route'] = 'a';
    builder.set('seen', [status, wanted]);
    builder.return();
    assert.deepEqual(changesOf(builder), [
      { field: 'conditions', before: '[]', after: 'Ready True' },
      { field: 'phase', before: 'Pending', after: 'Running' },
      {
        field: 'wanted.labels.serving.knative.dev/route',
        before: '–',
        after: 'a',
      },
    ]);
  });

  it('leave private fields and functions that wait alone', () => {
    for (const async of [false, true]) {
      const builder = new TraceBuilder().task('a');
      const self: Record<string, unknown> = { '#hidden': 1 };
      if (async) self['count'] = 1;
      const story = ['It counts something up.'];
      builder.call(builder.site('count', { async, story }), [], self);
      self['#hidden'] = 2;
      if (async) self['count'] = 2;
      builder.set('seen', self);
      builder.return();
      assert.deepEqual(changesOf(builder), []);
    }
  });

  it('give way to what the scenario watches', () => {
    const builder = new TraceBuilder().task('a');
    const self = { count: 1 };
    builder.call(builder.site('count', { story: ['It counts up.'] }), [], self);
    self.count = 2;
    builder.set('seen', self);
    builder.event('change', 'count', { fields: { before: 1, after: 2 } });
    builder.return();
    assert.deepEqual(changesOf(builder), [
      { field: 'count', before: '1', after: '2' },
    ]);
  });

  it('read moments of the run as its times', () => {
    const builder = new TraceBuilder().task('a');
    builder.event('change', 'due', {
      fields: { before: undefined, after: 1554422404500 },
    });
    assert.deepEqual(changesOf(builder), [
      { field: 'due', before: '–', after: '4.500s' },
    ]);
  });

  it('show nothing for a write that changed nothing', () => {
    const builder = new TraceBuilder().task('a');
    const fields = { object: object('Route', { spec: { a: 1 } }) };
    builder.event('store.create', 'Route default/a', { fields });
    builder.event('store.update', 'Route default/a', {
      case: 'unchanged',
      fields,
    });
    assert.deepEqual(changesOf(builder), []);
  });
});
