import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeSinglePod } from '../../runnable/kubelet/config/common.ts';
import { newSourceFile } from '../../runnable/kubelet/config/file.ts';
import { newSourceURL } from '../../runnable/kubelet/config/http.ts';
import { FileSystem } from '../../runnable/kubelet/container/os.ts';
import type { PodUpdate } from '../../runnable/kubelet/types/pod-update.ts';
import { Channel } from '../../runnable/sim/channel.ts';
import { Sim } from '../../runnable/sim/sim.ts';
import { ports } from '../../src/ports/ports.ts';

const manifest = (name: string, rest = ''): string =>
  `kind: Pod\nmetadata: {name: ${name}}\nspec:\n  containers: [{name: app, image: "app:1"}]\n${rest}`;

const list = (...all: string[]): string =>
  `kind: PodList\nitems:\n${all.map((name) => `- kind: Pod\n  metadata: {name: ${name}}\n  spec: {containers: [{name: app, image: "app:1"}]}\n`).join('')}`;

const names = (update: PodUpdate | undefined): string[] =>
  (update?.pods ?? []).map(({ metadata }) => metadata.name);

test('newSourceFile() sends all good manifests, by name', async () => {
  const sim = new Sim({ seed: 1 });
  const os = new FileSystem();
  const updates = new Channel<PodUpdate>(sim, 'updates');
  os.create('/m/b.yaml', manifest('b'));
  os.create('/m/a.yaml', manifest('a'));
  os.create('/m/.hidden.yaml', manifest('hidden'));
  os.create('/m/bad.yaml', manifest('bad', '  restartPolicy: Sometimes\n'));
  os.mkdirAll('/m/deeper', '0755');
  const seen = await sim.run(async () => {
    newSourceFile({ sim, ports, os, path: '/m', nodeName: 'N1', updates });
    const first = await updates.recv();
    const start = sim.now();
    os.create('/m/c.yaml', manifest('c'));
    const second = await updates.recv();
    const third = await updates.recv();
    return { first, second, third, waited: sim.now() - start };
  });
  assert.equal(seen.first?.op, 'SET');
  assert.deepEqual(names(seen.first), ['a-n1', 'b-n1']);
  assert.deepEqual(names(seen.second), ['a-n1', 'b-n1', 'c-n1']);
  assert.equal(seen.waited, 20_000);
  const [pod] = seen.first.pods;
  const hash = pod?.metadata.annotations?.['kubernetes.io/config.hash'];
  assert.equal(hash, pod?.metadata.uid);
  assert.equal(pod?.metadata.namespace, 'default');
});

test('newSourceFile() names all that is wrong with a manifest', async () => {
  const sim = new Sim({ seed: 1 });
  const os = new FileSystem();
  const updates = new Channel<PodUpdate>(sim, 'updates');
  const two = '[{name: app, image: "a:1"}, {name: app, image: "b:1"}]';
  const mounts = '[{name: data, mountPath: /data}]';
  const texts: Record<string, string> = {
    '1': 'kind: Pod: Pod',
    '2': 'kind: Service',
    '3': `kind: Pod\nmetadata: {name: x}\nspec: {containers: ${two}}\n`,
    '4': manifest('x', '  initContainers: [{name: app, image: "app:1"}]\n'),
    '5': manifest('x', '  restartPolicy: Sometimes\n'),
    '6': `kind: Pod\nmetadata: {name: x}\nspec: {containers: [{name: app, image: "a:1", volumeMounts: ${mounts}}]}\n`,
    '7': 'kind: Pod\nmetadata: {}\nspec: {containers: []}\n',
  };
  for (const [name, text] of Object.entries(texts)) {
    os.create(`/m/${name}.yaml`, text);
  }
  const found = Object.values(texts).map((text) => {
    try {
      decodeSinglePod(ports, text);
      return 'nothing';
    } catch (error) {
      return (error as Error).message;
    }
  });
  assert.match(found[0] ?? '', /Cannot parse YAML at line 1/);
  assert.deepEqual(found.slice(1), [
    'invalid pod: kind "Service", expected "Pod"',
    'invalid pod: [spec.containers[1].name: Duplicate value: "app"]',
    'invalid pod: [spec.initContainers[0].name: Duplicate value: "app"]',
    'invalid pod: [spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"]',
    'invalid pod: [spec.containers[0].volumeMounts[0].name: Not found: "data"]',
    'invalid pod: [metadata.name: Required value: name or generateName is required spec.containers: Required value]',
  ]);
  await sim.run(async () => {
    newSourceFile({ sim, ports, os, path: '/m', nodeName: 'N1', updates });
    const first = await updates.recv();
    assert.deepEqual(names(first), [], 'none of them is sent');
  });
});

test('decodeSinglePod() takes a negative grace period, as v1.13 did', () => {
  const text = manifest('x', '  terminationGracePeriodSeconds: -1\n');
  const { spec } = decodeSinglePod(ports, text);
  assert.equal(spec.terminationGracePeriodSeconds, -1);
});

test('newSourceURL() sends only what changed', async () => {
  const sim = new Sim({ seed: 1 });
  const updates = new Channel<PodUpdate>(sim, 'updates', 10);
  const answers = [
    { status: 200, body: manifest('a') },
    { status: 200, body: manifest('a') },
    { status: 500, body: manifest('b') },
    { status: 200, body: '' },
    { status: 200, body: manifest('c') },
    { status: 200, body: 'kind: Service' },
    { status: 200, body: list('d', 'e') },
  ];
  await sim.run(async () => {
    newSourceURL({
      sim,
      ports,
      url: 'http://manifests',
      get: async () => answers.shift() ?? { status: 404, body: '' },
      nodeName: 'N1',
      updates,
    });
    await sim.sleep(140_000);
  });
  assert.deepEqual(updates.contents.map(names), [
    ['a-n1'],
    [],
    ['c-n1'],
    ['d-n1', 'e-n1'],
  ]);
});

test('newSourceFile() reads one file, and keeps what it held when it is spoilt', async () => {
  const sim = new Sim({ seed: 1 });
  const os = new FileSystem();
  const updates = new Channel<PodUpdate>(sim, 'updates', 10);
  await sim.run(async () => {
    newSourceFile({ sim, ports, os, path: '/m.yaml', nodeName: 'N1', updates });
    await sim.sleep(1);
    os.create('/m.yaml', manifest('a'));
    await sim.sleep(1);
    os.create('/m.yaml', 'kind: Pod: Pod');
    await sim.sleep(1);
    os.remove('/m.yaml');
    await sim.sleep(1);
  });
  assert.deepEqual(updates.contents.map(names), [[], ['a-n1'], []]);
});
