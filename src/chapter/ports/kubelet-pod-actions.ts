/**
 * `kubelet/pod-actions`: what is to be done about a pod.
 */
import { hashContainer } from '../../../runnable/kubelet/container/helpers.ts';
import { emptyPodStatus } from '../../../runnable/kubelet/container/runtime.ts';
import type {
  ContainerState,
  ContainerStatus,
  NamespaceMode,
} from '../../../runnable/kubelet/container/runtime.ts';
import { computePodActions } from '../../../runnable/kubelet/kuberuntime/compute-pod-actions.ts';
import type { Pod } from '../../../runnable/kubelet/api/v1.ts';
import type { Port } from '../port.ts';
import {
  integer,
  listOf,
  mapOf,
  object,
  oneOf,
  text,
} from '../schema/json-schema.ts';
import { pod } from '../schema/pod.ts';
import {
  containerState,
  podOf,
  sandboxState,
  sandboxStateOf,
} from './kubelet-values.ts';
import type { GivenPod } from './kubelet-values.ts';

interface GivenContainer {
  readonly id: string;
  readonly name: string;
  readonly state: ContainerState;
  readonly exitCode?: number;
  readonly hash?: number | string;
}

interface GivenSandbox {
  readonly id: string;
  readonly state: string;
  readonly attempt?: number;
  readonly network?: {
    readonly ip?: string;
    readonly namespaceMode?: NamespaceMode;
  };
}

interface Case {
  readonly pod: GivenPod;
  readonly podStatus: {
    readonly id?: string;
    readonly name?: string;
    readonly namespace?: string;
    readonly sandboxStatuses?: readonly GivenSandbox[];
    readonly containerStatuses?: readonly GivenContainer[];
  };
  readonly livenessResults?: Readonly<Record<string, 'Success' | 'Failure'>>;
}

const time = { type: ['string', 'integer'], description: 'a time' };

const podStatus = object({
  id: text,
  name: text,
  namespace: text,
  ip: text,
  sandboxStatuses: listOf(
    object(
      {
        id: text,
        state: sandboxState,
        attempt: integer(0),
        createdAt: time,
        network: object({ ip: text, namespaceMode: oneOf('POD', 'NODE') }),
      },
      ['id', 'state'],
    ),
  ),
  containerStatuses: listOf(
    object(
      {
        id: text,
        name: text,
        state: containerState,
        exitCode: integer(),
        hash: { type: ['integer', 'string'], description: 'a hash' },
        createdAt: time,
      },
      ['id', 'name', 'state'],
    ),
  ),
});

export const port: Port = {
  schema: object(
    { pod, podStatus, livenessResults: mapOf(oneOf('Success', 'Failure')) },
    ['pod', 'podStatus'],
  ),
  answer(document) {
    const given = document as Case;
    const wanted = podOf(given.pod);
    const { sandboxStatuses = [], containerStatuses = [] } = given.podStatus;
    const {
      id = wanted.metadata.uid,
      name = '',
      namespace = '',
    } = given.podStatus;
    const actions = computePodActions(
      wanted,
      {
        ...emptyPodStatus(id),
        name,
        namespace,
        containerStatuses: containerStatuses.map((one) =>
          containerStatusOf(one, wanted),
        ),
        sandboxStatuses: sandboxStatuses.map((one) => ({
          id: one.id,
          name,
          namespace,
          uid: id,
          attempt: one.attempt ?? 0,
          state: sandboxStateOf(one.state),
          createdAt: 0,
          ip: one.network?.ip ?? '',
          networkMode: one.network?.namespaceMode ?? 'POD',
        })),
      },
      (containerID) => given.livenessResults?.[containerID],
    );
    return Promise.resolve({
      killPod: actions.killPod,
      createSandbox: actions.createSandbox,
      sandboxID: actions.sandboxID,
      attempt: actions.attempt,
      nextInitContainerToStart: actions.nextInitContainerToStart?.name ?? null,
      containersToStart: actions.containersToStart,
      containersToKill: [...actions.containersToKill.values()].map(
        (info) => info.name,
      ),
    });
  },
};

/** Without a hash, the container is what the spec says now. */
function containerStatusOf(
  { id, name, state, exitCode = 0, hash }: GivenContainer,
  { spec }: Pod,
): ContainerStatus {
  const { initContainers = [], containers } = spec;
  const wanted = [...initContainers, ...containers].find(
    (container) => container.name === name,
  );
  const own = wanted === undefined ? 0 : hashContainer(wanted);
  return {
    id,
    name,
    state,
    exitCode,
    hash: hash === undefined ? own : Number(hash),
    createdAt: 0,
    startedAt: 0,
    finishedAt: 0,
    image: wanted?.image ?? '',
    imageID: '',
    restartCount: 0,
    reason: '',
    message: '',
  };
}
