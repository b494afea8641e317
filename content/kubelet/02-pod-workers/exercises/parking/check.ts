/**
 * Room for one: who is parked, who is replaced, who is carried out.
 */
import { expectSame } from '#exercise';
import type { Check, Run } from '#exercise';

/** What the stand-in was asked to do, in order. */
const synced = (run: Run): unknown[] =>
  run
    .calls('syncPod')
    .map(({ args }) => (args[1] as { readonly updateType: string }).updateType);

const parked = 'lastUndeliveredWorkUpdate[uid-web]';

export const checks: readonly Check[] = [
  {
    id: 'starts-one-worker',
    title: 'A pod has one worker, started by its first request',
    points: 2,
    rule: 'The first request for a pod starts its worker, and no later one starts a second.',
    async judge({ run }) {
      const own = await run();
      own.expectTimes('task.start worker uid-web', 1);
      own.expectOrder(
        'call PodWorkers.updatePod create',
        'task.start worker uid-web',
        'chan.send podUpdates/uid-web',
        'call syncPod create',
      );
    },
  },
  {
    id: 'one-at-a-time',
    title: 'A busy worker is left alone',
    points: 2,
    rule: 'Nothing is put into the channel of a busy worker; the request waits in the parking place.',
    async judge({ run }) {
      const own = await run();
      own.expectOneAtATime('syncPod');
      const [first] = own.changes(parked);
      expectSame(first?.after, 'update (labels v2)', {
        what: 'what is parked first',
        at: own.spot(first ?? own.first('call PodWorkers.updatePod update')),
      });
    },
  },
  {
    id: 'newer-replaces',
    title: 'A newer request replaces a parked one',
    points: 2,
    rule: 'A parked request gives way to a newer one, because each carries the whole pod.',
    async judge({ run }) {
      const own = await run();
      const second = own.changes(parked)[1];
      expectSame(second?.after, 'update (labels v3)', {
        what: 'what is parked next',
        at: own.spot(second ?? own.all('call PodWorkers.updatePod update')[1]),
      });
    },
  },
  {
    id: 'kill-stays',
    title: 'A parked kill stays parked',
    points: 3,
    rule: 'A parked kill is never overwritten, because somebody waits for its answer.',
    async judge({ run }) {
      const own = await run();
      expectSame(synced(own), ['create', 'kill'], {
        what: 'the syncs',
        at: own.spot(own.first('call PodWorkers.updatePod sync')),
      });
      const kills = await run('two-kills');
      const second = kills.all('call PodWorkers.updatePod kill')[1];
      kills.expectTimes('call syncPod kill', 1);
      expectSame(
        kills.calls('killPodNow').map(({ threw }) => threw),
        [false, true],
        {
          what: 'whether each of two kills is left without an answer',
          at: kills.spot(second),
        },
      );
    },
  },
];
