/**
 * Deployment, as far as Knative 0.4 reads and sets it.
 */
import type { KObject, ObjectMeta } from '../../../../apiserver/store.ts';
import type { PodSpec } from '../../core/v1/types.ts';

/** Which pods are meant: those that carry all of these labels. */
export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
}

export interface PodTemplateSpec {
  readonly metadata?: Partial<ObjectMeta>;
  readonly spec?: PodSpec;
}

export interface DeploymentSpec {
  /** How many pods; the autoscaler writes it too. */
  readonly replicas?: number | undefined;
  readonly selector?: LabelSelector | undefined;
  readonly template?: PodTemplateSpec;
  /** Seconds without progress after which a condition says so. */
  readonly progressDeadlineSeconds?: number;
}

export interface DeploymentCondition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastUpdateTime?: string;
  readonly lastTransitionTime?: string;
}

export interface DeploymentStatus {
  readonly observedGeneration?: number;
  readonly replicas?: number;
  readonly updatedReplicas?: number;
  readonly readyReplicas?: number;
  readonly availableReplicas?: number;
  readonly unavailableReplicas?: number;
  readonly conditions?: readonly DeploymentCondition[];
}

/** Keeps a number of pods of one template running. */
export interface Deployment extends KObject {
  readonly spec?: DeploymentSpec;
  readonly status?: DeploymentStatus;
}
