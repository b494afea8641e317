/**
 * The parts of Kubernetes' core types that Knative 0.4 reads or sets.
 *
 * A Revision holds one container as a user wrote it. Fields the controllers
 * only hand on are typed loosely.
 */
import type { KObject } from '../../../../apiserver/store.ts';

export interface EnvVar {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: unknown;
}

export interface ContainerPort {
  readonly name?: string;
  readonly containerPort?: number;
  readonly protocol?: string;
}

export interface VolumeMount {
  readonly name: string;
  readonly mountPath?: string;
  readonly subPath?: string;
  readonly readOnly?: boolean;
}

export interface Volume {
  readonly name: string;
  readonly [source: string]: unknown;
}

export interface ResourceRequirements {
  readonly limits?: Readonly<Record<string, string>>;
  readonly requests?: Readonly<Record<string, string>>;
}

export interface HttpGetAction {
  readonly path?: string;
  readonly port?: number | string;
  readonly host?: string;
  readonly scheme?: string;
  readonly httpHeaders?: readonly {
    readonly name: string;
    readonly value: string;
  }[];
}

export interface Probe {
  readonly httpGet?: HttpGetAction;
  readonly tcpSocket?: {
    readonly port?: number | string;
    readonly host?: string;
  };
  readonly exec?: { readonly command?: readonly string[] };
  readonly initialDelaySeconds?: number;
  readonly timeoutSeconds?: number;
  readonly periodSeconds?: number;
  readonly successThreshold?: number;
  readonly failureThreshold?: number;
}

export interface Container {
  readonly name?: string;
  readonly image?: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly workingDir?: string;
  readonly env?: readonly EnvVar[];
  readonly envFrom?: readonly unknown[];
  readonly ports?: readonly ContainerPort[];
  readonly resources?: ResourceRequirements;
  readonly volumeMounts?: readonly VolumeMount[];
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly lifecycle?: unknown;
  readonly imagePullPolicy?: string;
  readonly securityContext?: unknown;
  readonly terminationMessagePath?: string;
  readonly terminationMessagePolicy?: string;
}

/** A reference to another object, as specs hold them. */
export interface ObjectReference {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly name?: string;
}

export interface PodSpec {
  readonly volumes?: readonly Volume[];
  readonly containers?: readonly Container[];
  readonly serviceAccountName?: string;
  /** How long a pod that is asked to stop may go on. */
  readonly terminationGracePeriodSeconds?: number;
  readonly nodeName?: string;
}

/** How a container ended. */
export interface ContainerStateTerminated {
  readonly exitCode: number;
  readonly reason?: string;
  readonly message?: string;
}

export interface ContainerState {
  readonly waiting?: { readonly reason?: string; readonly message?: string };
  readonly running?: { readonly startedAt?: string };
  readonly terminated?: ContainerStateTerminated;
}

export interface ContainerStatus {
  readonly name: string;
  readonly state?: ContainerState;
  /** What became of the container before this one. */
  readonly lastState?: ContainerState;
  readonly ready?: boolean;
  readonly restartCount?: number;
  readonly image?: string;
}

export interface PodStatus {
  readonly phase?: string;
  readonly podIP?: string;
  readonly conditions?: readonly {
    readonly type: string;
    readonly status: string;
  }[];
  readonly containerStatuses?: readonly ContainerStatus[];
}

/** Containers that run together on one node. */
export interface Pod extends KObject {
  readonly spec?: PodSpec;
  readonly status?: PodStatus;
}

export interface ServicePort {
  readonly name?: string;
  readonly protocol?: string;
  readonly port: number;
  /** A number, or the name of a port of the pods. */
  readonly targetPort?: number | string;
}

export interface ServiceSpec {
  readonly type?: string;
  readonly clusterIP?: string;
  readonly externalName?: string;
  readonly sessionAffinity?: string;
  readonly selector?: Readonly<Record<string, string>>;
  readonly ports?: readonly ServicePort[];
}

/** A name and an address in front of pods; not Knative's Service. */
export interface K8sService extends KObject {
  readonly spec?: ServiceSpec;
  readonly status?: unknown;
}

export interface EndpointAddress {
  readonly ip: string;
  readonly targetRef?: ObjectReference;
}

export interface EndpointSubset {
  readonly addresses?: readonly EndpointAddress[];
  readonly notReadyAddresses?: readonly EndpointAddress[];
  readonly ports?: readonly {
    readonly name?: string;
    readonly port: number;
    readonly protocol?: string;
  }[];
}

/** The pods behind a k8s Service of the same name. */
export interface Endpoints extends KObject {
  readonly subsets?: readonly EndpointSubset[];
}
