/**
 * The loop around Reconcile: what the queue is told before, after, and in the
 * face of an error.
 */
import { expectSame, fail } from '#exercise';
import type { Bench, Check, Run } from '#exercise';
import type * as Controller from '../../../../../runnable/knative/controller/controller.ts';
import type * as Logger from '../../../../../runnable/knative/logging/logger.ts';
import type { Sim } from '../../../../../runnable/sim/sim.ts';

const file = 'runnable/knative/controller/controller.ts';
const key = 'default/a';

/** Which key of which queue a moment is about: `Services default/a`. */
const subjectOf = (address: string): string =>
  address.replace(/^queue\.\w+ /, '').replace(/ #\d+$/, '');

/** Subjects of all moments of this kind, in order. */
const subjects = (run: Run, kind: string): string[] =>
  run.all(kind).map(({ address }) => subjectOf(address));

/** Has a controller of the student's loop at work in a world of its own. */
async function withController<T>(
  { load, inWorld }: Bench,
  reconcile: (sim: Sim) => Promise<void>,
  body: (sim: Sim, impl: Controller.Impl) => Promise<T>,
): Promise<T> {
  const { newImpl } = await load<typeof Controller>(file);
  const { SugaredLogger } = await load<typeof Logger>(
    'runnable/knative/logging/logger.ts',
  );
  return inWorld((sim) => {
    const impl = newImpl({
      sim,
      reconciler: { reconcile: () => reconcile(sim) },
      logger: new SugaredLogger('trial'),
      workQueueName: 'Trials',
      name: 'trial',
    });
    return body(sim, impl);
  });
}

export const checks: readonly Check[] = [
  {
    id: 'key-comes-back',
    title: 'A key that is taken is given back',
    points: 3,
    rule: 'A key of which the queue does not hear that the work is over is never handed out again.',
    async judge({ run }) {
      const own = await run();
      const done = subjects(own, 'queue.done');
      for (const taken of own.all('queue.get')) {
        const subject = subjectOf(taken.address);
        const at = done.indexOf(subject);
        if (at < 0) {
          fail({
            expected: `the queue to hear that the work on ${subject} is over`,
            seen: `nothing after "${taken.address}"`,
            at: own.spot(taken),
          });
        }
        done.splice(at, 1);
      }
    },
  },
  {
    id: 'one-at-a-time',
    title: 'No two workers look at the same key',
    points: 2,
    rule: 'While a worker looks at a key the queue keeps it back, so the work must not be called over before it is.',
    async judge(bench) {
      await bench.run();
      let looking = 0;
      let most = 0;
      const look = async (sim: Sim): Promise<void> => {
        looking += 1;
        most = Math.max(most, looking);
        await sim.sleep(10);
        looking -= 1;
      };
      await withController(bench, look, async (sim, impl) => {
        sim.go('controller', () => impl.run(2, new AbortController().signal));
        impl.enqueueKey(key);
        await sim.sleep(5);
        impl.enqueueKey(key);
        await sim.sleep(50);
      });
      expectSame(most, 1, {
        what: 'the number of workers that look at one key at the same time',
      });
    },
  },
  {
    id: 'patience',
    title: 'A failure costs patience, a success gives it back',
    points: 3,
    rule: 'A key that failed waits 5 ms, then 10, then 20; when it did well it is forgotten, and the next failure waits 5 ms again.',
    async judge(bench) {
      await bench.run();
      const looks: number[] = [];
      const look = (sim: Sim): Promise<void> => {
        looks.push(sim.now());
        const isWell = looks.length === 3 || looks.length > 4;
        return isWell
          ? Promise.resolve()
          : Promise.reject(new Error('not now'));
      };
      await withController(bench, look, async (sim, impl) => {
        sim.go('controller', () => impl.run(1, new AbortController().signal));
        impl.enqueueKey(key);
        await sim.sleep(100);
        impl.enqueueKey(key);
        await sim.sleep(100);
      });
      expectSame(
        looks.map((look) => look - (looks[0] ?? 0)),
        [0, 5, 15, 100, 105],
        {
          what: 'the moments, in ms, of the looks at a key that fails twice, does well, and fails again at 100',
        },
      );
    },
  },
  {
    id: 'last-word',
    title: 'It says when the queue is shut down',
    points: 1,
    rule: 'A worker goes on for as long as it hears true, so it must hear false when nothing will come any more.',
    async judge(bench) {
      const look = (): Promise<void> => Promise.resolve();
      const said = await withController(bench, look, async (_, impl) => {
        impl.enqueueKey(key);
        impl.workQueue.shutDown();
        return [
          await impl.processNextWorkItem(),
          await impl.processNextWorkItem(),
        ];
      });
      expectSame(said, [true, false], {
        what: 'what it returns for a queue that is shut down and holds one more key',
      });
    },
  },
];
