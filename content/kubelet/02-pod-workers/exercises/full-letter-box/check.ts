/**
 * A full letter box: what becomes of requests while a worker has mail.
 */
import { expectSame } from '#exercise';
import type { Check, Run } from '#exercise';

/** What the stand-in was asked to do, in order. */
const synced = (run: Run): string[] =>
  run
    .calls('syncPod')
    .map(({ args }) => (args[1] as { readonly updateType: string }).updateType);

export const checks: readonly Check[] = [
  {
    id: 'kill-arrives',
    title: 'A parked kill arrives',
    points: 3,
    rule: 'What is taken out of the parking place is carried out, once, and whoever waits for it gets an answer.',
    async judge({ run }) {
      const own = await run();
      const at = own.spot(
        own.first('chan.send podUpdates/uid-web full') ??
          own.first('call PodWorkers.updatePod kill'),
      );
      expectSame(
        synced(own).filter((each) => each !== 'sync'),
        ['create', 'update', 'kill'],
        { what: 'the syncs before the routine look', at },
      );
      expectSame(
        own.calls('killPodNow').map(({ threw }) => threw),
        [false],
        { what: 'whether the kill is left without an answer', at },
      );
    },
  },
  {
    id: 'mail-is-work',
    title: 'A worker with mail is busy',
    points: 2,
    rule: 'From the moment that a request is in its channel until it is carried out, a worker is busy, and what comes is parked.',
    async judge({ run }) {
      const own = await run();
      const second = own.all('call PodWorkers.updatePod update')[1];
      const parked = own
        .changes('lastUndeliveredWorkUpdate[uid-web]')
        .find(({ row }) => row > (second?.row ?? Infinity));
      expectSame(parked?.after, 'update (labels v3)', {
        what: 'what is parked next, once the first update is handed over,',
        at: own.spot(second),
      });
    },
  },
  {
    id: 'idle-again',
    title: 'A worker without mail is idle',
    points: 2,
    rule: 'A worker that finds nothing parked is idle, and the next request goes to it at once.',
    async judge({ run }) {
      const own = await run();
      expectSame(synced(own).at(-1), 'sync', {
        what: 'the last sync',
        at: own.spot(own.first('call PodWorkers.updatePod sync')),
      });
    },
  },
];
