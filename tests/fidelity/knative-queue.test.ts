/**
 * The queue-proxy's breaker and statistics against what the original did.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Breaker, Semaphore } from '../../runnable/knative/queue/breaker.ts';
import { Stats } from '../../runnable/knative/queue/stats.ts';
import { Channel } from '../../runnable/sim/channel.ts';
import { Sim } from '../../runnable/sim/sim.ts';
import { casesOf, titleOf } from './knative/cases.ts';

interface Overload {
  readonly queueDepth: number;
  readonly maxConcurrency: number;
  readonly initialCapacity: number;
  readonly concurrent: number;
  readonly thenAfterDrain?: number;
}

interface Updates {
  readonly max: number;
  readonly initial: number;
  readonly updates: readonly number[];
}

interface Operations {
  readonly max: number;
  readonly initial: number;
  readonly ops: readonly string[];
}

const errorOf = (act: () => void): string | null => {
  try {
    act();
    return null;
  } catch (error) {
    return (error as Error).message;
  }
};

/** Sends requests at once, lets them go, and then as many again as asked. */
async function accepted(given: Overload): Promise<boolean[]> {
  const sim = new Sim({ seed: 1 });
  const breaker = new Breaker(sim, 'breaker', given);
  return sim.run(async () => {
    const results: boolean[] = [];
    for (const count of [given.concurrent, given.thenAfterDrain ?? 0]) {
      const gate = new Channel<true>(sim, 'gate');
      const from = results.length;
      const tasks = Array.from({ length: count }, (_, index) =>
        sim.go(`request ${String(from + index)}`, async () => {
          results[from + index] = await breaker.maybe(async () => {
            await gate.recv();
          });
        }),
      );
      await sim.sleep(1);
      gate.close();
      await Promise.all(tasks.map((task) => task.done));
    }
    return results;
  });
}

function updates(given: Updates): { capacity: number[]; error: unknown[] } {
  const breaker = new Breaker(new Sim({ seed: 1 }), 'breaker', {
    queueDepth: 1,
    maxConcurrency: given.max,
    initialCapacity: given.initial,
  });
  const steps = given.updates.map((size) => {
    const error = errorOf(() => {
      breaker.updateConcurrency(size);
    });
    return { error, capacity: breaker.capacity() };
  });
  return {
    capacity: steps.map(({ capacity }) => capacity),
    error: steps.map(({ error }) => error),
  };
}

async function reducers(given: Operations): Promise<Record<string, number>> {
  const sim = new Sim({ seed: 1 });
  const semaphore = new Semaphore(sim, 'tokens', given.max, given.initial);
  return sim.run(async () => {
    let reducersAfterUpdate = 0;
    for (const op of given.ops) {
      if (op === 'acquire') await semaphore.acquire();
      else if (op === 'release') semaphore.release();
      else {
        semaphore.updateCapacity(Number(op.split(' ')[1]));
        reducersAfterUpdate = semaphore.reducers;
      }
    }
    return { reducersAfterUpdate, reducersAtEnd: semaphore.reducers };
  });
}

function statistics(events: readonly string[]): unknown {
  const stats = new Stats(0);
  for (const text of events) {
    const [time = '', what = ''] = text.split(' ');
    if (what === 'report') return stats.report(Number(time));
    const eventType = what === 'in' ? 'ReqIn' : 'ReqOut';
    stats.handle({ time: Number(time), eventType });
  }
  return stats.report(1000);
}

describe('queue', () => {
  for (const one of casesOf('queue')) {
    it(titleOf(one), async () => {
      const given = one.given as Record<string, unknown>;
      const expected = one.expect as Record<string, unknown>;
      if ('concurrent' in given) {
        const found = await accepted(given as unknown as Overload);
        assert.deepEqual({ accepted: found }, expected);
      } else if ('updates' in given) {
        const found = updates(given as unknown as Updates);
        assert.deepEqual({ ...found, ...expected }, found);
      } else if ('ops' in given) {
        const found = await reducers(given as unknown as Operations);
        assert.deepEqual(found, expected);
      } else {
        const found = statistics(given['eventsMs'] as string[]);
        assert.deepEqual(found, expected);
      }
    });
  }
});
