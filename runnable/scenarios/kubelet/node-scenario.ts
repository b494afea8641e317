/**
 * The form of scenarios with a whole kubelet: who has a lane, what is shown.
 */
import type { Sim } from '../../sim/sim.ts';
import type { Lane, Run, Scenario } from '../scenario.ts';
import { nodeView, runtimeSymbols } from './node-view.ts';
import { NodeWorld } from './node-world.ts';
import type { NodeOptions } from './node-world.ts';
import type { Ports } from '../../ports.ts';

export const nodeCast: readonly Lane[] = [
  {
    id: 'user',
    noun: 'the user',
    role: 'and the world around the node',
    played: true,
    tasks: ['main', 'user'],
  },
  {
    id: 'sources',
    noun: 'the source of pods',
    role: 'list, watch, merge',
    tasks: ['source *', 'mux *'],
  },
  { id: 'loop', noun: 'the main loop', role: 'one select', tasks: ['loop'] },
  {
    id: 'worker',
    noun: 'the worker',
    role: 'one for each pod',
    tasks: ['worker *', 'preStop *'],
  },
  {
    id: 'pleg',
    noun: 'PLEG',
    role: 'relists once a second',
    tasks: ['pleg'],
  },
  {
    id: 'cri',
    noun: 'the container runtime',
    role: 'in memory',
    played: true,
    symbols: runtimeSymbols,
  },
  {
    id: 'status',
    noun: 'the status manager',
    role: 'writes to the API',
    tasks: ['status manager', 'readiness'],
  },
  {
    id: 'cleaners',
    noun: 'the clean-up',
    role: 'killers, deletor, volumes, GC',
    tasks: [
      'podKiller',
      'killer *',
      'kill *',
      'container deletor',
      'container GC',
      'volumes',
      'mount *',
      'unmount *',
      'eviction',
      'runtime status',
      'image puller',
      'probe *',
    ],
  },
];

/** The same, with a lane for whoever mounts volumes. */
export const castWithVolumes: readonly Lane[] = [
  ...nodeCast.slice(0, 3),
  {
    id: 'volumes',
    noun: 'the volume manager',
    role: 'attaches and mounts',
    tasks: ['volumes', 'mount *', 'unmount *'],
  },
  ...nodeCast.slice(3),
];

/** Prefixes of what the story of a whole node leaves out. */
export const nodeFold: readonly string[] = [
  'call Cache.updateTime',
  'call CRI.createContainer',
  'call KubeGenericRuntimeManager',
  'call PodWorkers.checkForUpdates',
  'call PodWorkers.forgetNonExistingPodWorkers',
  'call PodWorkers.updatePod sync',
  'call PodWorkers.wrapUp',
  'call doBackOff',
  'call ensureCgroup',
  'call handlePod',
  'call killPodWithSyncResult',
  'call podSandboxChanged',
  'call startContainer',
  'call VolumeManager',
  'chan.close',
  'chan.recv',
  'chan.send cacheSubscriber',
  'chan.send housekeepingCh',
  'chan.send podContainerDeletor #',
  'chan.send podStatusChannel',
  'chan.send podUpdates',
  'chan.send probeTicker',
  'chan.send pull',
  'chan.send source/',
  'chan.send syncCh',
  'chan.send syncTicker',
  'chan.send volumes',
  'clock.',
  'log ',
  'return KubeGenericRuntimeManager',
  'return VolumeManager',
  'return getPullSecretsForPod',
  'return sync-pod/syncPod',
  'select.block',
  'select.one',
  'store.list',
  'task.end kill ',
  'task.start kill ',
];

/** The kubelet's parts that are a chapter's subject, and what is in them. */
const subjects = {
  loop: [
    'kubelet/sync-loop.ts',
    'kubelet/handlers',
    'kubelet/runtime-state.ts',
  ],
  status: ['kubelet/kubelet-status.ts', 'kubelet/status'],
  volumes: ['kubelet/volumemanager'],
  machine: ['kubelet/cri'],
  pods: ['kubelet/kubelet-pods.ts'],
  runtime: ['kubelet/kuberuntime', 'kubelet/images'],
  pleg: ['kubelet/pleg/pod-records.ts', 'kubelet/container/cache.ts'],
  cleanUp: [
    'kubelet/cleanups.ts',
    'kubelet/clean-up-containers.ts',
    'kubelet/pod-container-deletor.ts',
    'kubelet/pod-killer.ts',
    'kubelet/eviction',
  ],
} as const;

type Subject = keyof typeof subjects;

/** Nobody's subject. */
const helpers: readonly string[] = [
  'client-go',
  'kubelet/active-deadline.ts',
  'kubelet/cm',
  'kubelet/container/helpers.ts',
  'kubelet/container/os.ts',
  'kubelet/container/runtime-cache.ts',
  'kubelet/container/runtime.ts',
  'kubelet/container/sync-result.ts',
  'kubelet/klog.ts',
  'kubelet/kubelet.ts',
  'kubelet/kuberuntime/helpers.ts',
  'kubelet/kuberuntime/labels.ts',
  'kubelet/modules.ts',
  'kubelet/pod',
  'kubelet/pod-phase.ts',
  'kubelet/prober',
  'kubelet/qos.ts',
  'kubelet/reason-cache.ts',
  'kubelet/status/generate.ts',
  'kubelet/status/normalize-status.ts',
  'kubelet/types',
  'kubelet/util',
  'scenarios/kubelet',
];

/**
 * What a run leaves closed: a page shows the code of its subjects, and of the
 * way from the loop to the runtime, line by line.
 */
export function foldedBut(...open: readonly Subject[]): string[] {
  const closed = Object.entries(subjects)
    .filter(([subject]) => !open.some((each) => each === subject))
    .flatMap(([, paths]) => paths);
  return [...helpers, ...closed];
}

type Rest = Pick<Scenario, 'title' | 'summary'> &
  Partial<Omit<Scenario, 'begin'>>;

/** A scenario on one node; `main` lets it happen. */
export function nodeScenario(
  rest: Rest,
  options: (ports: Ports) => NodeOptions,
  main: (world: NodeWorld, sim: Sim, input: unknown) => Promise<unknown>,
): Scenario {
  return {
    seed: 1,
    notes: [],
    cast: nodeCast,
    folded: foldedBut(),
    fold: nodeFold,
    ...rest,
    begin(sim, ports, input): Run {
      const world = new NodeWorld(sim, options(ports));
      return {
        view: nodeView(world.machine, world.os),
        main: () => main(world, sim, input),
      };
    },
  };
}

/** What a run shows in its result: phase, reason and containers of a pod. */
export function outcomeOf(
  world: NodeWorld,
  name: string,
): Record<string, unknown> {
  const pod = world.pod(name);
  const { phase, reason, containerStatuses = [] } = pod?.status ?? {};
  return {
    phase: phase ?? 'gone',
    ...(reason === undefined ? {} : { reason }),
    containers: containerStatuses.map(({ name: container, state }) => {
      const { waiting, terminated } = state;
      if (waiting !== undefined) return `${container} ${waiting.reason ?? ''}`;
      if (terminated === undefined) return `${container} running`;
      return `${container} exited ${terminated.exitCode}`;
    }),
    runtime: [...world.machine.containers.values()].map(
      ({ id, name: container, state }) => `${id} ${container} ${state}`,
    ),
  };
}

/** A container spec with an image of its own name. */
export function image(name: string): { name: string; image: string } {
  return { name, image: `${name}:1` };
}

/** Whether the pod in the API has this phase, and all of it is ready. */
export function isReady(world: NodeWorld, name: string): boolean {
  const pod = world.pod(name);
  const { conditions = [], phase } = pod?.status ?? {};
  const ready = conditions.find(({ type }) => type === 'Ready');
  return phase === 'Running' && ready?.status === 'True';
}
