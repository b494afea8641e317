/**
 * What a worker is asked for, and what it hands to `syncPod`.
 */
import type { Pod, PodStatus as ApiPodStatus } from './api/v1.ts';
import type { PodStatus } from './container/runtime.ts';

/** Why a pod is synced, as upstream prints its constants. */
export type SyncPodType = 'sync' | 'update' | 'create' | 'kill';

/** Is told when a request was carried out; not every request gets so far. */
export type OnCompleteFunc = (err: Error | undefined) => void;

/** Makes the status that a killed pod is to end with. */
export type PodStatusFunc = (pod: Pod, podStatus: PodStatus) => ApiPodStatus;

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/pod_workers.go KillPodOptions
 */
export interface KillPodOptions {
  readonly podStatusFunc: PodStatusFunc;
  /** Instead of the pod's own grace period; 0 kills at once. */
  readonly podTerminationGracePeriodSecondsOverride?: number | undefined;
}

/**
 * A request: the whole pod as it should be, and why.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/pod_workers.go UpdatePodOptions
 */
export interface UpdatePodOptions {
  readonly pod: Pod;
  readonly mirrorPod?: Pod | undefined;
  readonly updateType: SyncPodType;
  readonly onCompleteFunc?: OnCompleteFunc | undefined;
  readonly killPodOptions?: KillPodOptions | undefined;
}

/**
 * A request, and what is known of the pod as it is.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/pod_workers.go syncPodOptions
 */
export interface SyncPodOptions {
  readonly pod: Pod;
  readonly mirrorPod: Pod | undefined;
  readonly podStatus: PodStatus;
  readonly updateType: SyncPodType;
  readonly killPodOptions: KillPodOptions | undefined;
}

/** Makes a pod what it should be. Throws when that cannot be done now. */
export type SyncPodFn = (options: SyncPodOptions) => Promise<void>;
