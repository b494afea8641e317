/**
 * Nobody heard of it: which pods are reported, when, and with what.
 */
import { expectSame, fail } from '#exercise';
import type { Check, Run, Write } from '#exercise';
import type { Pod } from '../../../../../runnable/kubelet/api/v1.ts';

/** The first report on a pod that reached the API. */
const report = (run: Run, name: string): Write | undefined =>
  run
    .writes('Pod')
    .find((each) => each.by === 'status' && each.name === `default/${name}`);

export const checks: readonly Check[] = [
  {
    id: 'told-then-refused',
    title: 'A pod without a network is reported',
    points: 3,
    rule: 'The report comes first, so a sync that fails for want of a network has reported all the same.',
    async judge({ run }) {
      const own = await run();
      if (report(own, 'web') !== undefined) return;
      fail({
        expected: 'a report on web, which has no network',
        seen: 'nobody writes one',
        at: own.spot(own.first('throw sync-pod/syncPod create')),
      });
    },
  },
  {
    id: 'refused-says-why',
    title: 'A refused pod is reported, and with the reason',
    points: 2,
    rule: 'A pod that may not run here is reported before the sync ends, and the report says why.',
    async judge({ run }) {
      const own = await run();
      const written = report(own, 'spy');
      const { status } = (written?.object ?? {}) as Partial<Pod>;
      const [app] = status?.containerStatuses ?? [];
      expectSame(
        written === undefined
          ? 'no report'
          : [status?.reason, app?.state.waiting?.reason],
        ['Forbidden', 'Blocked'],
        {
          what: 'the reasons that the report on spy gives for the pod and its container',
          at: own.spot(
            written ?? own.all('throw sync-pod/syncPod create').at(-1),
          ),
        },
      );
    },
  },
  {
    id: 'before-the-work',
    title: 'The report comes before the work',
    points: 2,
    rule: 'A pod is reported as it was seen, before the work begins; what comes of the work is for the next report.',
    async judge({ run }) {
      const own = await run();
      const written = report(own, 'host');
      const work = own.first('return CRI.#setUp');
      if (written !== undefined && written.time < (work?.time ?? Infinity)) {
        return;
      }
      fail({
        expected: 'the report on host before its sandbox is ready',
        seen:
          written === undefined
            ? 'nobody writes one'
            : `it is written at ${written.time / 1000} s`,
        at: own.spot(work ?? own.first('call sync-pod/syncPod create #2')),
      });
    },
  },
];
