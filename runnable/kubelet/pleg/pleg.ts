/**
 * What PLEG tells the main loop about.
 */
import type { UID } from '../api/v1.ts';

/** @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/pleg/pleg.go PodLifeCycleEventType */
export type PodLifeCycleEventType =
  | 'ContainerStarted'
  | 'ContainerDied'
  | 'ContainerRemoved'
  | 'ContainerChanged'
  | 'PodSync';

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/pleg/pleg.go PodLifecycleEvent
 */
export interface PodLifecycleEvent {
  readonly id: UID;
  readonly type: PodLifeCycleEventType;
  /** The container's or the sandbox's ID. */
  readonly data: string;
}
