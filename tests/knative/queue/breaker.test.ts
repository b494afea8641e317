/**
 * The breaker under requests and limits that come in any order.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Breaker } from '../../../runnable/knative/queue/breaker.ts';
import { Channel } from '../../../runnable/sim/channel.ts';
import { Sim } from '../../../runnable/sim/sim.ts';

const maxConcurrency = 4;
const queueDepth = 3;

type Step =
  | { readonly does: 'ask' }
  | { readonly does: 'finish' }
  | { readonly does: 'limit'; readonly size: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.constant<Step>({ does: 'ask' }),
  fc.constant<Step>({ does: 'finish' }),
  fc.integer({ min: 0, max: maxConcurrency }).map((size) => ({
    does: 'limit' as const,
    size,
  })),
);

class World {
  readonly sim = new Sim({ seed: 1 });
  readonly breaker: Breaker;
  readonly gate = new Channel<true>(this.sim, 'gate');
  running = 0;
  waiting = 0;
  refused = 0;
  finished = 0;
  asked = 0;

  constructor() {
    const initialCapacity = 1;
    const params = { queueDepth, maxConcurrency, initialCapacity };
    this.breaker = new Breaker(this.sim, 'breaker', params);
  }

  ask(): void {
    this.asked += 1;
    this.waiting += 1;
    this.sim.go(`request ${String(this.asked)}`, async () => {
      const isIn = await this.breaker.maybe(async () => {
        this.waiting -= 1;
        this.running += 1;
        await this.gate.recv();
        this.running -= 1;
        this.finished += 1;
      });
      if (isIn) return;
      this.waiting -= 1;
      this.refused += 1;
    });
  }

  async take(one: Step): Promise<void> {
    const room = queueDepth + maxConcurrency;
    const { running, waiting, refused } = this;
    if (one.does === 'ask') this.ask();
    else if (one.does === 'limit') this.breaker.updateConcurrency(one.size);
    else if (this.running > 0) this.gate.trySend(true);
    await this.sim.sleep(1);

    const capacity = this.breaker.capacity();
    // Who runs may go on when the limit falls, and nobody joins him.
    assert.ok(this.running <= Math.max(capacity, running));
    // Nobody waits while there is a token.
    assert.ok(this.waiting === 0 || this.running >= capacity);
    assert.ok(this.running + this.waiting <= room);
    if (this.refused > refused) {
      assert.equal(running + waiting, room);
    }
  }
}

describe('Breaker', () => {
  it('never lets more run than its limit, and forgets nobody', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const world = new World();
        await world.sim.run(async () => {
          for (const one of steps) await world.take(one);
          world.breaker.updateConcurrency(maxConcurrency);
          for (let left = 0; left < 20; left++) {
            await world.take({ does: 'finish' });
          }
        });
        assert.equal(world.running + world.waiting, 0);
        assert.equal(world.finished + world.refused, world.asked);
        assert.equal(world.breaker.capacity(), maxConcurrency);
      }),
      { numRuns: 100, seed: 1 },
    );
  });
});
