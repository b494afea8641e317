import assert from 'node:assert/strict';
import { test } from 'node:test';
import { typeFilter } from '../../../runnable/knative/configmap/filter.ts';
import { UntypedStore } from '../../../runnable/knative/configmap/store.ts';
import { ManualWatcher } from '../../../runnable/knative/configmap/watcher.ts';
import {
  Config,
  newConfigFromConfigMap,
} from '../../../runnable/knative/gc/config.ts';
import { SugaredLogger } from '../../../runnable/knative/logging/logger.ts';
import { Sim } from '../../../runnable/sim/sim.ts';

const configMap = (data: Record<string, string>) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'config-gc', namespace: 'knative-serving' },
  data,
});

function world(classes = [Config]) {
  const sim = new Sim({ seed: 1 });
  const lines: string[] = [];
  const heard: unknown[] = [];
  const store = new UntypedStore(
    sim,
    'configuration',
    new SugaredLogger('', ({ level }) => lines.push(level)),
    { 'config-gc': newConfigFromConfigMap },
    typeFilter(classes, (name) => heard.push(name)),
  );
  const watcher = new ManualWatcher();
  store.watchConfigs(watcher);
  const load = (): Config | undefined =>
    store.untypedLoad('config-gc') as Config | undefined;
  return { sim, lines, heard, watcher, load };
}

test('onConfigChanged() stores what the constructor made, and tells later', async () => {
  const { sim, heard, watcher, load } = world();
  watcher.onChange(configMap({ 'stale-revision-timeout': '20h' }));
  assert.equal(load()?.staleRevisionTimeout, 72_000_000);
  await sim.run(async () => {
    await sim.sleep(1);
  });
  assert.deepEqual(heard, ['config-gc']);
});

test('onConfigChanged() keeps the old value when the new one is bad', () => {
  const { lines, watcher, load } = world();
  watcher.onChange(configMap({}));
  watcher.onChange(configMap({ 'stale-revision-timeout': 'soon' }));
  assert.equal(load()?.staleRevisionTimeout, 54_000_000);
  assert.deepEqual(lines, ['info', 'error']);
});

test('onConfigChanged() throws when the first value is bad', () => {
  const { watcher } = world();
  assert.throws(() => {
    watcher.onChange(configMap({ 'stale-revision-minimum-generations': 'x' }));
  }, /Error initializing configuration config "config-gc"/);
});

test('typeFilter() keeps values of other classes from a callback', async () => {
  class Other extends Config {}
  const { sim, heard, watcher } = world([Other]);
  watcher.onChange(configMap({}));
  await sim.run(async () => {
    await sim.sleep(1);
  });
  assert.deepEqual(heard, []);
});
