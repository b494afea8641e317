/**
 * The registry of images.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ImageRegistry } from '../../runnable/cluster/image-registry.ts';
import { Sim } from '../../runnable/sim/sim.ts';
import { ports } from '../../src/ports/ports.ts';

const tag = { registry: 'gcr.io', repository: 'samples/a', tag: 'latest' };

test('digest() gives a tag the same digest until another image is pushed', async () => {
  const sim = new Sim({ seed: 1 });
  const registry = new ImageRegistry(sim, (bytes) => ports.sha256(bytes));
  await sim.run(async () => {
    const before = sim.now();
    const first = await registry.digest(tag);
    assert.match(first, /^sha256:[0-9a-f]{64}$/);
    assert.equal(sim.now() - before, 38);
    assert.equal(await registry.digest(tag), first);
    registry.push('gcr.io/samples/a', 'the second build');
    assert.notEqual(await registry.digest(tag), first);
  });
});

test('digest() fails as a registry does when there is no such image', async () => {
  const sim = new Sim({ seed: 1 });
  const registry = new ImageRegistry(sim, (bytes) => ports.sha256(bytes), {
    missing: ['gcr.io/samples/a'],
  });
  await sim.run(async () => {
    await assert.rejects(registry.digest(tag), {
      message: 'MANIFEST_UNKNOWN: manifest unknown',
    });
  });
});
