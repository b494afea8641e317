import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { openTrace } from '../../src/trace/open.ts';
import { levels } from '../../src/trace/model.ts';
import { TraceBuilder } from './builder.ts';
import { queueRun } from './queue-run.ts';
import { randomTrace } from './random-trace.ts';

describe('addresses', () => {
  it('are unique within a level and lead back to their steps', () => {
    fc.assert(
      fc.property(randomTrace, (trace) => {
        const model = openTrace(trace);
        for (const level of levels) {
          const seen = new Set<string>();
          for (let n = 1; n <= model.count(level); n++) {
            const { address, row } = model.step(level, n);
            assert.ok(!seen.has(address), address);
            seen.add(address);
            assert.equal(model.find(address, level), row);
            assert.equal(model.addressOf(row), address);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('lead from every call to some step of the story', () => {
    fc.assert(
      fc.property(randomTrace, (trace) => {
        const model = openTrace(trace);
        const story = new Set<number>();
        for (let n = 1; n <= model.count('story'); n++) {
          story.add(model.step('story', n).row);
        }
        for (let n = 1; n <= model.count('calls'); n++) {
          const found = model.find(model.step('calls', n).address);
          assert.equal(found !== undefined && story.has(found), story.size > 0);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('never fold a conflict or the death of a task', () => {
    fc.assert(
      fc.property(randomTrace, (trace) => {
        const model = openTrace(trace);
        for (let n = 1; n <= model.count('calls'); n++) {
          const { kind, address, row } = model.step('calls', n);
          if (kind === 'store.conflict') assert.equal(model.find(address), row);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('hold a function’s own key', () => {
    const builder = new TraceBuilder();
    const site = builder.site('PodWorkers.updatePod', {
      params: ['options'],
      story: ['as {options.type}', 'A request arrives.'],
    });
    builder.task('loop');
    const first = builder.call(site, [{ type: 'kill' }]);
    builder.return();
    const second = builder.call(site, [{ type: 'kill' }]);
    const model = openTrace(builder.build());
    assert.equal(model.addressOf(first), 'call PodWorkers.updatePod kill');
    assert.equal(model.addressOf(second), 'call PodWorkers.updatePod kill #2');
  });

  it('name the module where two functions share a symbol', () => {
    const builder = new TraceBuilder();
    const sites = ['one', 'two'].map((stem) =>
      builder.site('Reconciler.reconcile', { path: `runnable/${stem}.ts` }),
    );
    builder.task('loop');
    const rows = sites.map((site) => builder.call(site));
    const model = openTrace(builder.build());
    assert.deepEqual(
      rows.map((row) => model.addressOf(row)),
      ['call one/Reconciler.reconcile', 'call two/Reconciler.reconcile'],
    );
  });

  it('place a blocked reader at its offset and name the end of a stream', () => {
    const builder = new TraceBuilder().task('worker');
    builder.event('bytes.read', 'server @0', { fields: { n: 157 } });
    const block = builder.event('bytes.block', 'server');
    const eof = builder.event('bytes.read', 'server @157 eof', { case: 'eof' });
    const model = openTrace(builder.build());
    assert.equal(model.addressOf(block), 'bytes.block server @157');
    assert.equal(model.addressOf(eof), 'bytes.eof server');
  });

  it('offer the nearest ones for a wrong one', () => {
    const model = openTrace(queueRun().builder.build());
    const [first] = model.nearest('store.create Chidl default/a', 3);
    assert.equal(first, 'store.create Child default/a');
    const [same] = model.nearest('queue.get Things default/a #7', 1);
    assert.equal(same, 'queue.get Things default/a');
    assert.equal(model.find('queue.get Things default/a #7'), undefined);
  });
});
