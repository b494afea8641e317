/**
 * The newest stays: which of the dead may go.
 */
import { expectSame } from '#exercise';
import type { Bench, Check } from '#exercise';
import type { ContainerStatus } from '../../../../../runnable/kubelet/container/runtime.ts';
import type * as Deletor from '../../../../../runnable/kubelet/pod-container-deletor.ts';

type Entry = readonly [
  id: string,
  name: string,
  state: ContainerStatus['state'],
  createdAt: number,
];

/** The ids of what may go, in the order of the answer. */
async function mayGo(
  { load }: Bench,
  entries: readonly Entry[],
  filterContainerID: string,
  containersToKeep: number,
): Promise<string[]> {
  const { getContainersToDeleteInPod } = await load<typeof Deletor>(
    'runnable/kubelet/pod-container-deletor.ts',
  );
  const containerStatuses = entries.map(
    ([id, name, state, createdAt]) =>
      ({ id, name, state, createdAt }) as ContainerStatus,
  );
  const status = {
    id: 'uid-web',
    name: 'web',
    namespace: 'default',
    ip: '',
    containerStatuses,
    sandboxStatuses: [],
  };
  return getContainersToDeleteInPod(
    filterContainerID,
    status,
    containersToKeep,
  ).map(({ id }) => id);
}

const crashedThrice: readonly Entry[] = [
  ['c5', 'app', 'exited', 50],
  ['c4', 'log', 'exited', 40],
  ['c3', 'app', 'exited', 30],
  ['c2', 'log', 'exited', 20],
  ['c1', 'app', 'exited', 10],
];

export const checks: readonly Check[] = [
  {
    id: 'newest-stay',
    title: 'The newest stay, the others go',
    points: 3,
    rule: 'Of the dead instances of one container the newest stay, whatever the order in which they are listed.',
    async judge(bench) {
      const own = await bench.run();
      const { left } = own.result as { readonly left: readonly string[][] };
      expectSame(
        left.map((each) => each.filter((text) => text.endsWith('exited'))),
        [['c1 exited'], ['c2 exited'], ['c3 exited']],
        {
          what: 'the dead that are left after each crash',
          at: own.spot(
            own.first('call CRI.removeContainer') ??
              own.first('state Container c2 exited'),
          ),
        },
      );
      const listed = crashedThrice.toReversed();
      expectSame(
        (await mayGo(bench, listed, 'c5', 1)).toSorted(),
        ['c1', 'c3'],
        {
          what: 'what may go when the oldest is listed first and one stays',
        },
      );
      expectSame(await mayGo(bench, crashedThrice, 'c3', 2), ['c1'], {
        what: 'what may go when two stay',
      });
    },
  },
  {
    id: 'one-name',
    title: 'Only the named container is meant',
    points: 2,
    rule: 'The death of one container is no reason to remove the dead instances of another; without a name all are meant.',
    async judge(bench) {
      expectSame(
        (await mayGo(bench, crashedThrice, 'c4', 0)).toSorted(),
        ['c2', 'c4'],
        { what: 'what may go when log is named and none stays' },
      );
      expectSame(
        (await mayGo(bench, crashedThrice, '', 0)).toSorted(),
        ['c1', 'c2', 'c3', 'c4', 'c5'],
        { what: 'what may go when no container is named and none stays' },
      );
    },
  },
  {
    id: 'only-exited',
    title: 'Only what has exited goes',
    points: 2,
    rule: 'Only a container that has exited can be removed, and only such a one counts among those that stay.',
    async judge(bench) {
      const mixed: readonly Entry[] = [
        ['c5', 'app', 'created', 50],
        ['c4', 'app', 'running', 40],
        ['c3', 'app', 'unknown', 30],
        ['c2', 'app', 'exited', 20],
        ['c1', 'app', 'exited', 10],
      ];
      expectSame(
        (await mayGo(bench, mixed, 'c2', 0)).toSorted(),
        ['c1', 'c2'],
        {
          what: 'what may go beside one created, one running and one unknown',
        },
      );
      expectSame(await mayGo(bench, mixed, 'c2', 1), ['c1'], {
        what: 'what may go beside those when one stays',
      });
    },
  },
  {
    id: 'stranger',
    title: 'An id that the pod does not have',
    points: 1,
    rule: 'An event can name a sandbox or a container that is gone already; then nothing is removed.',
    async judge(bench) {
      expectSame(await mayGo(bench, crashedThrice, 's1', 0), [], {
        what: 'what may go when s1 is named',
      });
    },
  },
];
