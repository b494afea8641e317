/**
 * Killed for good: who is killed, and who is created again.
 */
import { expectSame } from '#exercise';
import type { Bench, Check } from '#exercise';
import type {
  Pod,
  RestartPolicy,
} from '../../../../../runnable/kubelet/api/v1.ts';
import type * as Helpers from '../../../../../runnable/kubelet/container/helpers.ts';
import type { PodStatus } from '../../../../../runnable/kubelet/container/runtime.ts';
import type * as Actions from '../../../../../runnable/kubelet/kuberuntime/compute-pod-actions.ts';

const containers = [
  { name: 'app', image: 'app:1' },
  { name: 'log', image: 'log:1' },
];

interface Decision {
  readonly kill: readonly string[];
  readonly start: readonly string[];
}

/** What is decided when app changed, or failed its probe, and log is well. */
async function decided(
  { load }: Bench,
  restartPolicy: RestartPolicy,
  what: 'changed' | 'failed' | 'well',
): Promise<Decision> {
  const { computePodActions } = await load<typeof Actions>(
    'runnable/kubelet/kuberuntime/compute-pod-actions.ts',
  );
  const { hashContainer } = await load<typeof Helpers>(
    'runnable/kubelet/container/helpers.ts',
  );
  const pod: Pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'default', uid: 'uid-web' },
    spec: { restartPolicy, containers },
    status: {},
  };
  const status = {
    id: 'uid-web',
    name: 'web',
    namespace: 'default',
    ip: '10.0.0.5',
    containerStatuses: containers.map((container) => ({
      id: `id-${container.name}`,
      name: container.name,
      state: 'running',
      hash:
        hashContainer(container) +
        (what === 'changed' && container.name === 'app' ? 1 : 0),
    })),
    sandboxStatuses: [
      {
        id: 's1',
        attempt: 0,
        state: 'SANDBOX_READY',
        ip: '10.0.0.5',
        networkMode: 'POD',
      },
    ],
  } as unknown as PodStatus;
  const { containersToKill, containersToStart, killPod } = computePodActions(
    pod,
    status,
    (id) => (what === 'failed' && id === 'id-app' ? 'Failure' : 'Success'),
  );
  return {
    kill: killPod
      ? ['the whole pod']
      : [...containersToKill.values()].map(({ name }) => name),
    start: containersToStart.map(
      (index) => containers[index]?.name ?? `number ${index}`,
    ),
  };
}

export const checks: readonly Check[] = [
  {
    id: 'replaced',
    title: 'A changed container is replaced',
    points: 5,
    rule: 'A new spec is carried out whatever the restart policy says: the old instance is killed and a new one is started.',
    async judge(bench) {
      const own = await bench.run();
      own.expectEnd();
      const { containers: seen } = own.result as {
        readonly containers: readonly string[];
      };
      expectSame(
        seen.filter((each) => each.endsWith('running')).toSorted(),
        ['app:2 running', 'log:1 running'],
        {
          what: 'what runs three seconds after the change',
          at: own.spot(
            own.all('call computePodActions')[4] ??
              own.all('call computePodActions').at(-1),
          ),
        },
      );
      for (const policy of ['OnFailure', 'Always'] as const) {
        const { kill, start } = await decided(bench, policy, 'changed');
        expectSame(
          [kill.includes('app'), start.includes('app')],
          [true, true],
          {
            what: `whether app is killed, and started, with ${policy} when it has changed`,
          },
        );
      }
    },
  },
  {
    id: 'policy-after-probe',
    title: 'After a failed probe the policy decides',
    points: 1,
    rule: 'A container that failed its liveness probe is killed, and is started again only if the policy is not Never.',
    async judge(bench) {
      for (const [policy, start] of [
        ['Never', []],
        ['OnFailure', ['app']],
        ['Always', ['app']],
      ] as const) {
        expectSame(
          await decided(bench, policy, 'failed'),
          { kill: ['app'], start },
          { what: `what is decided with ${policy} after a failed probe` },
        );
      }
    },
  },
  {
    id: 'sibling-kept',
    title: 'Its sibling goes on',
    points: 1,
    rule: 'What runs as its spec says, and has failed no probe, is neither killed nor started.',
    async judge(bench) {
      for (const policy of ['Never', 'Always'] as const) {
        const { kill, start } = await decided(bench, policy, 'changed');
        expectSame(
          [...kill, ...start].filter((name) => name !== 'app'),
          [],
          {
            what: `what else is killed or started with ${policy} when app has changed`,
          },
        );
        expectSame(
          await decided(bench, policy, 'well'),
          { kill: [], start: [] },
          { what: `what is decided with ${policy} when all is well` },
        );
      }
    },
  },
];
