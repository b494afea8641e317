/**
 * What the tests of the subtle points share: pods, and a node to put them on.
 */
import type { Pod, PodSpec } from '../../../runnable/kubelet/api/v1.ts';
import { emptyPodStatus } from '../../../runnable/kubelet/container/runtime.ts';
import type {
  ContainerStatus,
  PodStatus,
} from '../../../runnable/kubelet/container/runtime.ts';
import { NodeWorld } from '../../../runnable/scenarios/kubelet/node-world.ts';
import type { NodeOptions } from '../../../runnable/scenarios/kubelet/node-world.ts';
import { Backoff } from '../../../runnable/client-go/util/flowcontrol/backoff.ts';
import { Sim } from '../../../runnable/sim/sim.ts';

/** A pod `uid-NAME` with one container `app`, unless the spec says more. */
export function podOf(name: string, spec: Partial<PodSpec> = {}): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', uid: `uid-${name}` },
    spec: { containers: containersOf('app'), ...spec },
    status: {},
  };
}

/** Containers of these names, whose images are there. */
export const containersOf = (...names: string[]) =>
  names.map((name) => ({ name, image: `${name}:1` }));

/** A pod that somebody asked to be deleted. */
export const deleted = (pod: Pod): Pod => ({
  ...pod,
  metadata: { ...pod.metadata, deletionTimestamp: '2019-03-01T00:00:00Z' },
});

/** Runs a node with a kubelet on it; `main` lets it happen. */
export async function onNode(
  main: (world: NodeWorld) => Promise<void>,
  options: NodeOptions = {},
): Promise<void> {
  const world = new NodeWorld(new Sim({ seed: 1 }), options);
  await world.sim.run(async () => {
    world.startKubelet();
    await main(world);
  });
}

/** A node without a running kubelet, to call single functions on. */
export async function atRest(
  main: (world: NodeWorld) => Promise<void>,
  options: NodeOptions = {},
): Promise<void> {
  const world = new NodeWorld(new Sim({ seed: 1 }), options);
  await world.sim.run(() => main(world));
}

/** Syncs of one pod straight through the runtime manager. */
export class Syncs {
  readonly backOff: Backoff;
  readonly #world: NodeWorld;
  readonly #pod: Pod;

  constructor(world: NodeWorld, pod: Pod) {
    this.#world = world;
    this.#pod = pod;
    this.backOff = new Backoff(world.sim, 10_000, 300_000);
  }

  /** The pod's status as the runtime has it now. */
  status(): Promise<PodStatus> {
    const { uid, name, namespace } = this.#pod.metadata;
    const { containerRuntime } = this.#world.kubelet;
    return containerRuntime.getPodStatus(uid, name, namespace);
  }

  /** One sync; the error it ended with. */
  async sync(pod = this.#pod): Promise<string | undefined> {
    const { containerRuntime } = this.#world.kubelet;
    const status = await this.status();
    const result = await containerRuntime.syncPod(
      pod,
      status,
      [],
      this.backOff,
    );
    return result.error()?.message;
  }

  /** `c1 app running`, oldest first. */
  get containers(): string[] {
    return [...this.#world.machine.containers.values()].map(
      ({ id, name, state }) => `${id} ${name} ${state}`,
    );
  }
}

/** A status that lists these containers as `[id, name, state, exitCode]`. */
export function statusOf(
  ...containers: [
    id: string,
    name: string,
    state: ContainerStatus['state'],
    exitCode?: number,
  ][]
): PodStatus {
  const containerStatuses = containers.map(
    ([id, name, state, exitCode = 0], index) => ({
      ...{ id, name, state, exitCode, restartCount: 0, hash: 0 },
      ...{ image: '', imageID: '', reason: '', message: '' },
      ...{ createdAt: containers.length - index, startedAt: 0, finishedAt: 0 },
    }),
  );
  return { ...emptyPodStatus('uid-web'), containerStatuses };
}
