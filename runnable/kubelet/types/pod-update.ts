/**
 * What travels from the sources of pods to the main loop.
 */
import type { Pod } from '../api/v1.ts';

/** Set by the kubelet: where a pod comes from. */
export const configSourceAnnotationKey = 'kubernetes.io/config.source';
/** On a mirror pod: the hash of the static pod that it mirrors. */
export const configMirrorAnnotationKey = 'kubernetes.io/config.mirror';
/** Set by the kubelet: when it first saw the pod. */
export const configFirstSeenAnnotationKey = 'kubernetes.io/config.seen';
/** On a static pod: the hash of its manifest. */
export const configHashAnnotationKey = 'kubernetes.io/config.hash';

export const fileSource = 'file';
export const httpSource = 'http';
export const apiserverSource = 'api';

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/types/pod_update.go PodOperation
 */
export type PodOperation =
  'SET' | 'ADD' | 'DELETE' | 'REMOVE' | 'UPDATE' | 'RECONCILE' | 'RESTORE';

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/types/pod_update.go PodUpdate
 */
export interface PodUpdate {
  readonly pods: readonly Pod[];
  readonly op: PodOperation;
  readonly source: string;
}

/**
 * Whether the pod comes from a file or a URL, not from the API.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/pod/mirror_client.go IsStaticPod
 */
export function isStaticPod(pod: Pod): boolean {
  const source = pod.metadata.annotations?.[configSourceAnnotationKey];
  return source !== undefined && source !== apiserverSource;
}

/**
 * Whether the pod only shows a static pod in the API.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/pod/mirror_client.go IsMirrorPod
 */
export function isMirrorPod(pod: Pod): boolean {
  return pod.metadata.annotations?.[configMirrorAnnotationKey] !== undefined;
}
