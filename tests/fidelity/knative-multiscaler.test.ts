/**
 * The MultiScaler against what the original did, with a scaler that always
 * decides the same, as in upstream's tests.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Stat } from '../../runnable/knative/autoscaler/aggregation.ts';
import { Config } from '../../runnable/knative/autoscaler/config.ts';
import { DynamicConfig } from '../../runnable/knative/autoscaler/dynamic-config.ts';
import type {
  Decision,
  Metric,
} from '../../runnable/knative/autoscaler/metric.ts';
import { MultiScaler } from '../../runnable/knative/autoscaler/multiscaler.ts';
import { SugaredLogger } from '../../runnable/knative/logging/logger.ts';
import { Sim } from '../../runnable/sim/sim.ts';
import { casesOf, titleOf } from './knative/cases.ts';

const tick = 1000;
const key = 'default/rev';
const metric: Metric = {
  metadata: { namespace: 'default', name: 'rev' },
  spec: { targetConcurrency: 10 },
  status: { desiredScale: 7 },
};
const stat: Stat = {
  time: 1,
  podName: 'activator-1',
  averageConcurrentRequests: 1,
  requestCount: 0,
};

interface World {
  readonly sim: Sim;
  readonly scaler: MultiScaler;
  readonly informed: string[];
  /** Whether and when the scaler was asked. */
  readonly asked: number[];
  decision: Decision;
}

function world(decision: Decision, settings = {}): World {
  const sim = new Sim({ seed: 1 });
  const logger = new SugaredLogger('test');
  const config = new Config({ 'tick-interval': '1s', ...settings });
  const dynamic = new DynamicConfig(config, logger);
  const informed: string[] = [];
  const asked: number[] = [];
  const start = sim.now();
  const made: World = {
    sim,
    informed,
    asked,
    decision,
    scaler: new MultiScaler(
      sim,
      dynamic,
      () => ({
        record: () => undefined,
        update: () => undefined,
        scale: (now) => {
          asked.push(now - start);
          return made.decision;
        },
      }),
      logger,
    ),
  };
  made.scaler.watch((one) => {
    informed.push(one);
  });
  return made;
}

describe('multiscaler', () => {
  const cases = casesOf('autoscaler').filter(({ id }) =>
    id.startsWith('multiscaler-'),
  );
  for (const one of cases) {
    it(titleOf(one), async () => {
      const { uniScaler } = one.given as { uniScaler: [number, boolean] };
      const [scale, ok] = uniScaler;
      const { informs } = one.expect as { informs: number };
      const { sim, scaler, informed } = world({ scale, ok });
      assert.equal(scaler.get('default', 'rev'), undefined);
      await sim.run(async () => {
        assert.equal(scaler.create(metric).status.desiredScale, -1);
        await sim.sleep(3.5 * tick);
        assert.equal(informed.length, informs);
        scaler.delete('default', 'rev');
        await sim.sleep(3 * tick);
      });
      assert.equal(informed.length, informs);
    });
  }

  it('drops a decision for none where scaling to zero is off', async () => {
    const settings = { 'enable-scale-to-zero': 'false' };
    const { sim, scaler, informed } = world({ scale: 0, ok: true }, settings);
    await sim.run(async () => {
      scaler.create(metric);
      await sim.sleep(2.5 * tick);
    });
    assert.deepEqual(informed, []);
  });

  it('asks at once when nothing is wanted and a request comes', async () => {
    const made = world({ scale: 0, ok: true });
    const { sim, scaler, informed, asked } = made;
    await sim.run(async () => {
      scaler.create(metric);
      await scaler.recordStat(key, stat);
      await sim.sleep(1.5 * tick);
      made.decision = { scale: 1, ok: true };
      await scaler.recordStat(key, stat);
      await sim.sleep(1);
      // It wants one by now, so the next request has to wait for a tick.
      await scaler.recordStat(key, stat);
      await scaler.recordStat('default/unknown', stat);
      await sim.sleep(1);
    });
    assert.deepEqual(asked, [1000, 1500]);
    assert.deepEqual(informed, [key, key]);
  });

  it('update() replaces the metric with its status', () => {
    const { scaler } = world({ scale: 1, ok: false });
    assert.throws(
      () => scaler.update(metric),
      /Metrics\.autoscaling\.internal\.knative\.dev "default\/rev" not found/,
    );
    scaler.create(metric);
    scaler.update(metric);
    assert.equal(scaler.get('default', 'rev')?.status.desiredScale, 7);
  });

  it('watch() takes one watcher', () => {
    const { scaler } = world({ scale: 1, ok: true });
    assert.throws(() => {
      scaler.watch(() => undefined);
    }, /Multiple calls to Watch\(\) not supported/);
  });
});
