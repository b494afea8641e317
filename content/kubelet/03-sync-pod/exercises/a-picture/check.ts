/**
 * A picture of the pod: when a mirror is created, replaced, and left alone.
 */
import { expectSame, fail } from '#exercise';
import type { Check, Run, Write } from '#exercise';
import type { Pod } from '../../../../../runnable/kubelet/api/v1.ts';

/** What the worker writes to mirrors, from one moment to another. */
const written = (run: Run, from: number, to = Infinity): Write[] =>
  run
    .writes('Pod')
    .filter(({ by, time }) => by === 'worker' && time >= from && time < to);

const creations = (run: Run, from: number, to?: number): Write[] =>
  written(run, from, to).filter(({ verb }) => verb === 'create');

export const checks: readonly Check[] = [
  {
    id: 'shown',
    title: 'A static pod gets a mirror',
    points: 2,
    rule: 'A static pod without a mirror gets one, and if that failed, the next sync tries again.',
    async judge({ run }) {
      const own = await run();
      const [mirror] = creations(own, 0, 3000);
      if (mirror !== undefined) return;
      fail({
        expected: 'a mirror of web by 3 s',
        seen: 'the worker creates none',
        at: own.spot(own.all('call sync-pod/syncPod')[1]),
      });
    },
  },
  {
    id: 'needs-no-api',
    title: 'The pod needs no API',
    points: 1,
    rule: 'A mirror is a picture: if the API refuses it, the pod is synced all the same.',
    async judge({ run }) {
      const own = await run();
      const failed = own.calls('syncPod').filter(({ threw }) => threw);
      expectSame(failed.length, 0, {
        what: 'the number of syncs that fail',
        at: own.spot(failed[0]),
      });
    },
  },
  {
    id: 'comes-back',
    title: 'A deleted mirror comes back',
    points: 2,
    rule: 'Who deletes the mirror does not delete the pod, so the next sync puts another one there.',
    async judge({ run }) {
      const own = await run();
      const [mirror] = creations(own, 3200, 5200);
      if (mirror !== undefined) return;
      fail({
        expected: 'another mirror once the user has deleted the first',
        seen: 'the worker creates none',
        at: own.spot(own.first('store.delete Pod default/web-node-1')),
      });
    },
  },
  {
    id: 'outdated-replaced',
    title: 'An outdated mirror is replaced',
    points: 2,
    rule: 'A mirror of another version of the pod is deleted, and the same sync puts one of this version there.',
    async judge({ run }) {
      const own = await run();
      const [mirror] = creations(own, 5200, 5900);
      const { spec } = (mirror?.object ?? {}) as Partial<Pod>;
      expectSame(spec?.containers[0]?.image, 'app:2', {
        what: 'the image of the mirror that the sync at 5.2 s creates',
        at: own.spot(
          mirror ?? written(own, 5200)[0] ?? own.all('log source/file').at(-1),
        ),
      });
    },
  },
  {
    id: 'left-alone',
    title: 'A mirror that will do is left alone',
    points: 1,
    rule: 'A mirror that shows the pod as it is now is neither deleted nor created once more.',
    async judge({ run }) {
      const own = await run();
      const needless = written(own, 1100, 7100).filter(
        ({ time }) =>
          !(time >= 3200 && time < 4900) && !(time >= 5200 && time < 6900),
      );
      expectSame(
        needless.map(({ verb }) => verb),
        [],
        {
          what: 'what the worker writes while the mirror is as it should be',
          at: own.spot(needless[0]),
        },
      );
    },
  },
  {
    id: 'node-is-leaving',
    title: 'A node on its way out shows nothing new',
    points: 1,
    rule: 'Once the node is to be deleted, mirrors that go are not replaced.',
    async judge({ run }) {
      const own = await run();
      const late = creations(own, 7100);
      expectSame(late.length, 0, {
        what: 'the number of mirrors created once the node is on its way out',
        at: own.spot(late[0]),
      });
    },
  },
];
