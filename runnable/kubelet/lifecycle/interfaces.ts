/**
 * Where other parts of the kubelet have a say in a pod's life.
 */
import type { Pod } from '../api/v1.ts';

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/lifecycle/interfaces.go PodAdmitAttributes
 */
export interface PodAdmitAttributes {
  readonly pod: Pod;
  /** Those that were there before and have not ended. */
  readonly otherPods: readonly Pod[];
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/lifecycle/interfaces.go PodAdmitResult
 */
export type PodAdmitResult =
  | { readonly admit: true }
  | {
      readonly admit: false;
      readonly reason: string;
      readonly message: string;
    };

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/lifecycle/interfaces.go PodAdmitHandler
 */
export interface PodAdmitHandler {
  admit(attrs: PodAdmitAttributes): PodAdmitResult;
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/lifecycle/interfaces.go PodSyncLoopHandler
 */
export interface PodSyncLoopHandler {
  shouldSync(pod: Pod): boolean;
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/lifecycle/interfaces.go PodSyncHandler
 */
export interface PodSyncHandler {
  /** Why the pod is to be evicted; undefined when it may stay. */
  shouldEvict(
    pod: Pod,
  ): { readonly reason: string; readonly message: string } | undefined;
}
