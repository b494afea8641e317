/**
 * Nothing but waiting: which syncs end with an error, and which without.
 */
import { expectSame, fail } from '#exercise';
import type { Call, Check, Run } from '#exercise';
import type { SyncPodOptions } from '../../../../../runnable/kubelet/pod-worker-options.ts';

/** The syncs of one pod, in order. */
const syncsOf = (run: Run, name: string): Call[] =>
  run.calls('syncPod').filter(({ args }) => {
    const options = args[1] as Partial<SyncPodOptions> | undefined;
    return options?.pod?.metadata.name === name;
  });

/** How a sync ended. */
const endOf = (sync: Call | undefined): string =>
  sync?.threw === true ? 'error' : 'no error';

export const checks: readonly Check[] = [
  {
    id: 'waiting-is-no-error',
    title: 'Nothing but back-off is no error',
    points: 3,
    rule: 'A sync in which every failed action only has to wait has not failed, and what succeeded says nothing about it.',
    async judge({ run }) {
      const own = await run();
      const [, ...later] = syncsOf(own, 'web');
      expectSame(later.map(endOf), ['no error', 'no error', 'no error'], {
        what: 'the ends of the syncs in which crash and missing only have to wait',
        at: own.spot(later.find(({ threw }) => threw)),
      });
    },
  },
  {
    id: 'others-count',
    title: 'Any other failure counts',
    points: 2,
    rule: 'A failure that is no back-off is an error, even if the rest of the list is back-off or success.',
    async judge({ run }) {
      const own = await run();
      const [first] = syncsOf(own, 'web');
      expectSame(endOf(first), 'error', {
        what: 'the end of the sync in which the image of missing cannot be pulled',
        at: own.spot(first),
      });
      const [, second] = syncsOf(own, 'mixed');
      expectSame(endOf(second), 'error', {
        what: 'the end of the sync in which missing has to wait and broken cannot be made',
        at: own.spot(second),
      });
    },
  },
  {
    id: 'the-same-error',
    title: 'The error tells all',
    points: 1,
    rule: 'When a sync fails, its error names every failed action, those that only wait too.',
    async judge({ run }) {
      const own = await run();
      const booked = own
        .calls('PodWorkers.wrapUp')
        .map(({ args }) => args[1] as { readonly message?: string } | undefined)
        .map((error) => error?.message ?? '');
      const told = booked.some(
        (message) =>
          message.includes('ImagePullBackOff') && message.includes('"broken"'),
      );
      if (told) return;
      fail({
        expected: 'an error of mixed with the failures of both containers',
        seen: 'no such error reaches the worker',
        at: own.spot(syncsOf(own, 'mixed')[1]),
      });
    },
  },
  {
    id: 'no-action',
    title: 'A failure that belongs to no action counts',
    points: 2,
    rule: 'A sync can fail without any action failing, and that is never a back-off.',
    async judge({ run }) {
      const own = await run();
      const [first] = syncsOf(own, 'db');
      expectSame(endOf(first), 'error', {
        what: 'the end of the sync in which the runtime does not tell the status of the new sandbox',
        at: own.spot(first),
      });
    },
  },
];
