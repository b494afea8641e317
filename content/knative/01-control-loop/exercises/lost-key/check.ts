/**
 * The key that never came back: what a queue owes to those who add keys and to
 * those who take them.
 */
import { expectSame, fail } from '#exercise';
import type { Bench, Check } from '#exercise';
import type * as Queue from '../../../../../runnable/client-go/util/workqueue/queue.ts';
import type { Sim } from '../../../../../runnable/sim/sim.ts';

const file = 'runnable/client-go/util/workqueue/queue.ts';
const key = 'default/a';

/** Has somebody work with a queue in a world of its own. */
async function withQueue<T>(
  { load, inWorld }: Bench,
  body: (sim: Sim, queue: Queue.Type) => Promise<T>,
): Promise<T> {
  const { Type } = await load<typeof Queue>(file);
  return inWorld((sim) => body(sim, new Type(sim, 'Trials')));
}

/** Lets a worker take keys, and be done with each after 10 ms. */
function startWorker(sim: Sim, queue: Queue.Type, onTaken: () => void): void {
  sim.go('worker', async () => {
    for (;;) {
      const { item = '' } = await queue.get();
      onTaken();
      await sim.sleep(10);
      queue.done(item);
    }
  });
}

export const checks: readonly Check[] = [
  {
    id: 'news-is-heard',
    title: 'Whoever adds a key has it looked at',
    points: 5,
    rule: 'A worker takes every key after it was added, however often it was worked on before.',
    async judge({ run }) {
      const own = await run();
      for (const added of own.all('queue.add')) {
        const [, queue = '', name = ''] = added.address.split(' ');
        const later = own
          .all(`queue.get ${queue} ${name}`)
          .find(({ row }) => row > added.row);
        if (later !== undefined) continue;
        fail({
          expected: `a worker to take ${name} of ${queue} after it was added at ${added.time / 1000} s`,
          seen: 'nobody takes it any more',
          at: own.spot(added),
        });
      }
    },
  },
  {
    id: 'one-worker-a-key',
    title: 'No two workers get the same key',
    points: 2,
    rule: 'A key is kept back while a worker has it, whatever is added meanwhile.',
    async judge(bench) {
      const workers = await withQueue(bench, async (sim, queue) => {
        let busy = 0;
        const onTaken = (): number => (busy += 1);
        startWorker(sim, queue, onTaken);
        startWorker(sim, queue, onTaken);
        queue.add(key);
        await sim.sleep(5);
        queue.add(key);
        await sim.sleep(3);
        return busy;
      });
      expectSame(workers, 1, {
        what: 'the number of workers that have a key 8 ms after the first took it for 10 ms',
      });
    },
  },
  {
    id: 'once-more',
    title: 'Three adds during a run are one more run',
    points: 2,
    rule: 'What was added during a run causes one more, and not one for each time.',
    async judge(bench) {
      const times = await withQueue(bench, async (sim, queue) => {
        let runs = 0;
        startWorker(sim, queue, () => (runs += 1));
        queue.add(key);
        await sim.sleep(5);
        for (let i = 0; i < 3; i++) queue.add(key);
        await sim.sleep(100);
        return runs;
      });
      expectSame(times, 2, {
        what: 'the number of runs of a key that is added once, and three times during its run',
      });
    },
  },
  {
    id: 'somebody-is-woken',
    title: 'A worker that waits is woken',
    points: 1,
    rule: 'Whoever was done with a key may not come back at once, so the queue wakes a worker that waits.',
    async judge(bench) {
      const item = await withQueue(bench, async (sim, queue) => {
        queue.add(key);
        await queue.get();
        queue.add(key);
        let taken = 'nothing';
        sim.go('worker', async () => {
          taken = (await queue.get()).item ?? taken;
        });
        await sim.sleep(5);
        queue.done(key);
        await sim.sleep(5);
        return taken;
      });
      expectSame(item, key, {
        what: 'what a second worker gets when the first is done with a key that was added again',
      });
    },
  },
];
