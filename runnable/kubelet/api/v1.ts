/**
 * The part of the core/v1 API that the kubelet's pod path reads and writes.
 *
 * Field names are those of the API's JSON. Times are RFC 3339 in whole
 * seconds. What a store returns is frozen: copy it before a change.
 *
 * @omits fields that no code here looks at
 */
import type { ObjectMeta } from '../../apiserver/store.ts';

export type UID = string;

/** Metadata of a pod that exists: a namespace and a UID it surely has. */
export interface PodMeta extends Omit<ObjectMeta, 'annotations' | 'labels'> {
  readonly namespace: string;
  readonly uid: UID;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
}

/** What a probe or a hook runs; `exec` names a behaviour of the scenario. */
export interface Handler {
  exec?: { command: string[] };
  httpGet?: { path: string; port: number };
}

export interface Probe extends Handler {
  initialDelaySeconds?: number;
  timeoutSeconds?: number;
  periodSeconds?: number;
  successThreshold?: number;
  failureThreshold?: number;
}

export interface ContainerPort {
  name?: string;
  containerPort: number;
  hostPort?: number;
  protocol?: string;
}

export interface VolumeMount {
  name: string;
  mountPath: string;
}

export interface Container {
  name: string;
  image: string;
  imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never';
  command?: string[];
  args?: string[];
  env?: { name: string; value?: string }[];
  ports?: ContainerPort[];
  resources?: {
    limits?: Record<string, string>;
    requests?: Record<string, string>;
  };
  volumeMounts?: VolumeMount[];
  livenessProbe?: Probe;
  readinessProbe?: Probe;
  lifecycle?: { postStart?: Handler; preStop?: Handler };
  securityContext?: {
    privileged?: boolean;
    runAsNonRoot?: boolean;
    runAsUser?: number;
  };
}

export interface Volume {
  name: string;
  [source: string]: unknown;
}

export type RestartPolicy = 'Always' | 'OnFailure' | 'Never';

export interface PodSpec {
  nodeName?: string;
  /** Checked by the API server; an unset one is neither Never nor OnFailure. */
  restartPolicy?: RestartPolicy;
  terminationGracePeriodSeconds?: number;
  activeDeadlineSeconds?: number;
  hostNetwork?: boolean;
  hostPID?: boolean;
  hostIPC?: boolean;
  hostname?: string;
  nodeSelector?: Record<string, string>;
  priority?: number;
  initContainers?: Container[];
  containers: Container[];
  volumes?: Volume[];
  imagePullSecrets?: { name: string }[];
  readinessGates?: { conditionType: string }[];
  tolerations?: { key?: string; operator?: string; effect?: string }[];
}

export interface ContainerStateTerminated {
  exitCode: number;
  reason?: string;
  message?: string;
  startedAt?: string;
  finishedAt?: string;
  containerID?: string;
}

/** At most one member is set; none of them means waiting. */
export interface ContainerState {
  waiting?: { reason?: string; message?: string };
  running?: { startedAt?: string };
  terminated?: ContainerStateTerminated;
}

export interface ContainerStatus {
  name: string;
  state: ContainerState;
  lastState: ContainerState;
  ready: boolean;
  restartCount: number;
  image: string;
  imageID: string;
  containerID?: string;
}

export interface PodCondition {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
}

export type PodPhase =
  'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';

export interface PodStatus {
  phase?: PodPhase;
  conditions?: PodCondition[];
  reason?: string;
  message?: string;
  hostIP?: string;
  podIP?: string;
  startTime?: string;
  qosClass?: 'Guaranteed' | 'Burstable' | 'BestEffort';
  initContainerStatuses?: ContainerStatus[];
  containerStatuses?: ContainerStatus[];
}

export interface Pod {
  readonly apiVersion: 'v1';
  readonly kind: 'Pod';
  metadata: PodMeta;
  spec: PodSpec;
  status: PodStatus;
}
