import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ActivationResult } from '../../../runnable/knative/activator/activator.ts';
import { DedupingActivator } from '../../../runnable/knative/activator/dedupe.ts';
import { Sim } from '../../../runnable/sim/sim.ts';

const endpoint = { fqdn: 'rev-service.default.svc.cluster.local', port: 80 };

describe('DedupingActivator', () => {
  it('asks once for all who wait for a Revision, and anew for those after', async () => {
    const sim = new Sim({ seed: 1 });
    const asked: string[] = [];
    const activator = new DedupingActivator(sim, {
      shutdown: () => undefined,
      activeEndpoint: async (_namespace, name) => {
        asked.push(name);
        await sim.sleep(10);
        return { status: 200, endpoint };
      },
    });
    await sim.run(async () => {
      await Promise.all([
        ...[1, 2, 3].map(() => activator.activeEndpoint('default', 'one')),
        activator.activeEndpoint('default', 'two'),
      ]);
      await activator.activeEndpoint('default', 'one');
    });
    assert.deepEqual(asked, ['one', 'two', 'one']);
  });

  it('shutdown() ends every wait, and takes no other', async () => {
    const sim = new Sim({ seed: 1 });
    const activator = new DedupingActivator(sim, {
      shutdown: () => undefined,
      activeEndpoint: async () => {
        await sim.sleep(10);
        return { status: 200, endpoint };
      },
    });
    const results: ActivationResult[] = [];
    await sim.run(async () => {
      const waiting = sim.go('waiting', async () => {
        results.push(await activator.activeEndpoint('default', 'rev'));
      });
      await sim.sleep(1);
      activator.shutdown();
      await waiting.done;
      results.push(await activator.activeEndpoint('default', 'rev'));
    });
    for (const result of results) {
      assert.ok('error' in result);
      assert.equal(result.error.message, 'activator shutting down');
    }
  });
});
