/**
 * `kubelet/container-gc`: which dead containers and sandboxes are removed.
 */
import { EventRecorder } from '../../../runnable/client-go/tools/record/event.ts';
import { Backoff } from '../../../runnable/client-go/util/flowcontrol/backoff.ts';
import type { Pod } from '../../../runnable/kubelet/api/v1.ts';
import type { PodSandboxConfig } from '../../../runnable/kubelet/apis/cri/services.ts';
import { FileSystem } from '../../../runnable/kubelet/container/os.ts';
import type { ContainerState } from '../../../runnable/kubelet/container/runtime.ts';
import { CRI } from '../../../runnable/kubelet/cri/cri.ts';
import { ContainerMachine } from '../../../runnable/kubelet/cri/machine.ts';
import { ImageManager } from '../../../runnable/kubelet/images/image-manager.ts';
import { SerialImagePuller } from '../../../runnable/kubelet/images/puller.ts';
import { garbageCollect } from '../../../runnable/kubelet/kuberuntime/kuberuntime-gc.ts';
import {
  newContainerAnnotations,
  newContainerLabels,
} from '../../../runnable/kubelet/kuberuntime/labels.ts';
import type { RuntimeContext } from '../../../runnable/kubelet/kuberuntime/runtime-context.ts';
import { Manager } from '../../../runnable/kubelet/prober/results/results-manager.ts';
import { parseDuration } from '../../../runnable/kubelet/util/duration.ts';
import { Sim } from '../../../runnable/sim/sim.ts';
import { PortError } from '../port.ts';
import type { Port } from '../port.ts';
import {
  flag,
  integer,
  listOf,
  object,
  text,
  time,
} from '../schema/json-schema.ts';
import {
  containerState,
  podOf,
  sandboxState,
  sandboxStateOf,
  timeAt,
} from './kubelet-values.ts';

interface GivenContainer {
  readonly id: string;
  readonly podUID: string;
  readonly name: string;
  readonly createdAt: string;
  readonly state: ContainerState;
  readonly sandboxID?: string;
}

interface GivenSandbox {
  readonly id: string;
  readonly podUID: string;
  readonly attempt?: number;
  readonly createdAt: string;
  readonly state: string;
}

interface Case {
  readonly containers?: readonly GivenContainer[];
  readonly sandboxes?: readonly GivenSandbox[];
  readonly policy: {
    readonly minAge: string;
    readonly maxPerPodContainer: number;
    readonly maxContainers: number;
  };
  readonly deletedPods?: readonly string[];
  readonly terminatedPods?: readonly string[];
  readonly allSourcesReady?: boolean;
  readonly evictTerminatedPods?: boolean;
  readonly now: string;
}

const schema = object(
  {
    containers: listOf(
      object(
        {
          id: text,
          podUID: text,
          name: text,
          createdAt: time,
          state: containerState,
          sandboxID: text,
        },
        ['id', 'podUID', 'name', 'createdAt', 'state'],
      ),
    ),
    sandboxes: listOf(
      object(
        {
          id: text,
          podUID: text,
          attempt: integer(0),
          createdAt: time,
          state: sandboxState,
        },
        ['id', 'podUID', 'createdAt', 'state'],
      ),
    ),
    policy: object(
      { minAge: text, maxPerPodContainer: integer(), maxContainers: integer() },
      ['minAge', 'maxPerPodContainer', 'maxContainers'],
    ),
    deletedPods: listOf(text),
    terminatedPods: listOf(text),
    allSourcesReady: flag,
    evictTerminatedPods: flag,
    now: time,
  },
  ['policy', 'now'],
);

export const port: Port = {
  schema,
  answer(document) {
    const given = document as Case;
    const { deletedPods = [], terminatedPods = [], policy } = given;
    const sim = new Sim({ seed: 1, start: timeAt('now', given.now) });
    const machine = new ContainerMachine(sim, new FileSystem());
    const ids = fill(machine, given);
    const gcPolicy = { ...policy, minAge: minAgeOf(policy.minAge) };
    return sim.run(async () => {
      await garbageCollect(
        contextOf(sim, machine),
        {
          isPodDeleted: (uid) => deletedPods.includes(uid),
          isPodTerminated: (uid) => terminatedPods.includes(uid),
        },
        gcPolicy,
        {
          allSourcesReady: given.allSourcesReady ?? true,
          evictTerminatedPods: given.evictTerminatedPods ?? false,
        },
      );
      const { containers, sandboxes } = machine;
      return {
        removed: ids.filter((id) => !containers.has(id) && !sandboxes.has(id)),
      };
    });
  },
};

function minAgeOf(word: string): number {
  try {
    return parseDuration(word);
  } catch (error) {
    throw new PortError('policy.minAge', (error as Error).message);
  }
}

/** Puts what was given into the runtime; gives all IDs. */
function fill(
  machine: ContainerMachine,
  { containers = [], sandboxes = [] }: Case,
): string[] {
  for (const [index, one] of sandboxes.entries()) {
    addSandbox(machine, one.id, one.podUID, one.attempt ?? 0);
    const sandbox = machine.sandboxes.get(one.id);
    if (sandbox === undefined) continue;
    sandbox.createdAt = timeAt(`sandboxes[${index}].createdAt`, one.createdAt);
    sandbox.state = sandboxStateOf(one.state);
  }
  for (const [index, one] of containers.entries()) {
    const createdAt = timeAt(`containers[${index}].createdAt`, one.createdAt);
    addContainer(machine, one, createdAt);
  }
  return [...containers, ...sandboxes].map(({ id }) => id);
}

function addSandbox(
  machine: ContainerMachine,
  id: string,
  uid: string,
  attempt: number,
): void {
  machine.addSandbox(sandboxConfigOf(uid, attempt), id);
}

const sandboxConfigOf = (uid: string, attempt: number): PodSandboxConfig => ({
  metadata: { name: uid, namespace: 'default', uid, attempt },
  hostname: uid,
  logDirectory: `/var/log/pods/${uid}`,
  portMappings: [],
  labels: {},
  annotations: {},
  networkMode: 'POD',
  privileged: false,
});

function addContainer(
  machine: ContainerMachine,
  {
    id,
    podUID,
    name,
    state,
    sandboxID = `sandbox of ${podUID}`,
  }: GivenContainer,
  createdAt: number,
): void {
  const pod = podOfUID(podUID);
  const container = { name, image: 'busybox' };
  // A sandbox that was not given is long gone.
  const gone = { id: sandboxID, config: sandboxConfigOf(podUID, 0) };
  machine.addContainer(
    machine.sandboxes.get(sandboxID) ?? gone,
    {
      ...container,
      attempt: 0,
      command: [],
      args: [],
      envs: [],
      labels: newContainerLabels(container, pod),
      annotations: newContainerAnnotations(container, pod, 0),
      logPath: `${name}/0.log`,
    },
    id,
  );
  const added = machine.containers.get(id);
  if (added !== undefined) Object.assign(added, { createdAt, state });
}

const podOfUID = (uid: string): Pod =>
  podOf({ metadata: { name: uid, uid }, spec: { containers: [] } });

/** A runtime manager with nothing to pull and nobody to tell. */
function contextOf(sim: Sim, machine: ContainerMachine): RuntimeContext {
  const recorder = new EventRecorder('kubelet');
  const runtimeService = new CRI(sim, machine);
  return {
    sim,
    recorder,
    runtimeService,
    os: machine.os,
    livenessManager: new Manager(sim, 'liveness'),
    imagePuller: new ImageManager({
      sim,
      recorder,
      imageService: runtimeService,
      backOff: new Backoff(sim, 10_000, 300_000),
      puller: new SerialImagePuller(sim, runtimeService),
    }),
  };
}
