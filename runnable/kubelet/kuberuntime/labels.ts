/**
 * What the kubelet writes on containers and sandboxes, so that it can read it
 * back after a restart: it keeps no list of its own.
 */
import type { Container, Handler, Pod } from '../api/v1.ts';
import { hashContainer } from '../container/helpers.ts';

export type Labels = Readonly<Record<string, string>>;

const podNameLabel = 'io.kubernetes.pod.name';
const podNamespaceLabel = 'io.kubernetes.pod.namespace';
const podUIDLabel = 'io.kubernetes.pod.uid';
const containerNameLabel = 'io.kubernetes.container.name';
const containerHashLabel = 'io.kubernetes.container.hash';
const containerRestartCountLabel = 'io.kubernetes.container.restartCount';
const podDeletionGracePeriodLabel = 'io.kubernetes.pod.deletionGracePeriod';
const podTerminationGracePeriodLabel =
  'io.kubernetes.pod.terminationGracePeriod';
const containerPreStopHandlerLabel = 'io.kubernetes.container.preStopHandler';

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/labels.go newPodLabels
 */
export function newPodLabels(pod: Pod): Labels {
  const { name, namespace, uid, labels } = pod.metadata;
  return {
    ...labels,
    [podNameLabel]: name,
    [podNamespaceLabel]: namespace,
    [podUIDLabel]: uid,
  };
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/labels.go newContainerLabels
 */
export function newContainerLabels(container: Container, pod: Pod): Labels {
  const { name, namespace, uid } = pod.metadata;
  return {
    [podNameLabel]: name,
    [podNamespaceLabel]: namespace,
    [podUIDLabel]: uid,
    [containerNameLabel]: container.name,
  };
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/labels.go newContainerAnnotations
 * @omits ports and the termination message's path and policy
 */
export function newContainerAnnotations(
  container: Container,
  pod: Pod,
  restartCount: number,
): Labels {
  const { deletionGracePeriodSeconds } = pod.metadata;
  const { terminationGracePeriodSeconds } = pod.spec;
  const preStop = container.lifecycle?.preStop;
  return {
    [containerHashLabel]: hashContainer(container).toString(16),
    [containerRestartCountLabel]: String(restartCount),
    ...(deletionGracePeriodSeconds === undefined
      ? {}
      : { [podDeletionGracePeriodLabel]: String(deletionGracePeriodSeconds) }),
    ...(terminationGracePeriodSeconds === undefined
      ? {}
      : {
          [podTerminationGracePeriodLabel]: String(
            terminationGracePeriodSeconds,
          ),
        }),
    ...(preStop === undefined
      ? {}
      : { [containerPreStopHandlerLabel]: JSON.stringify(preStop) }),
  };
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/types/labels.go GetContainerName
 */
export function getContainerName(labels: Labels): string {
  return labels[containerNameLabel] ?? '';
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/types/labels.go GetPodUID
 */
export function getPodUID(labels: Labels): string {
  return labels[podUIDLabel] ?? '';
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/types/labels.go GetPodName
 */
export function getPodName(labels: Labels): string {
  return labels[podNameLabel] ?? '';
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/types/labels.go GetPodNamespace
 */
export function getPodNamespace(labels: Labels): string {
  return labels[podNamespaceLabel] ?? '';
}

/** The hash of the spec that the container was made from. */
export function getContainerHash(annotations: Labels): number {
  return Number.parseInt(annotations[containerHashLabel] ?? '0', 16);
}

/** How many instances of its name came before it. */
export function getRestartCount(annotations: Labels): number {
  return Number(annotations[containerRestartCountLabel] ?? '0');
}

/**
 * Enough of a pod to kill one of its containers, for a pod that nobody else
 * knows any more.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_container.go kubeGenericRuntimeManager.restoreSpecsFromContainerLabels
 */
export function restoreSpecsFromContainerLabels(
  labels: Labels,
  annotations: Labels,
): { readonly pod: Pod; readonly container: Container } {
  const deletionGracePeriod = annotations[podDeletionGracePeriodLabel];
  const terminationGracePeriod = annotations[podTerminationGracePeriodLabel];
  const preStop = annotations[containerPreStopHandlerLabel];
  const container: Container = {
    name: getContainerName(labels),
    image: '',
    ...(preStop === undefined
      ? {}
      : { lifecycle: { preStop: JSON.parse(preStop) as Handler } }),
  };
  const pod: Pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: getPodName(labels),
      namespace: getPodNamespace(labels),
      uid: getPodUID(labels),
      ...(deletionGracePeriod === undefined
        ? {}
        : { deletionGracePeriodSeconds: Number(deletionGracePeriod) }),
    },
    spec: {
      containers: [container],
      ...(terminationGracePeriod === undefined
        ? {}
        : { terminationGracePeriodSeconds: Number(terminationGracePeriod) }),
    },
    status: {},
  };
  return { pod, container };
}
