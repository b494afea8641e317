/**
 * The Kubernetes objects that the scaffolding reads and writes, as far as it
 * looks at them.
 *
 * Scaffolding: what stands here is no reimplementation of Kubernetes. It is
 * the little that the chapters need around the code they are about.
 */
import type { KObject, ObjectMeta } from '../apiserver/store.ts';

export interface ContainerPort {
  readonly name?: string;
  readonly containerPort?: number;
}

export interface Container {
  readonly name?: string;
  readonly image?: string;
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly ports?: readonly ContainerPort[];
}

export interface ContainerStatus {
  readonly name: string;
  readonly ready: boolean;
  readonly restartCount: number;
  readonly image?: string;
  readonly state?: Readonly<Record<string, unknown>>;
  readonly lastState?: Readonly<Record<string, unknown>>;
}

export interface Pod extends KObject {
  readonly spec?: {
    readonly nodeName?: string;
    readonly containers?: readonly Container[];
    readonly terminationGracePeriodSeconds?: number;
  };
  readonly status?: {
    readonly phase?: string;
    readonly podIP?: string;
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
    }[];
    readonly containerStatuses?: readonly ContainerStatus[];
  };
}

export interface PodTemplate {
  readonly metadata?: Partial<ObjectMeta>;
  readonly spec?: Pod['spec'];
}

export interface DeploymentCondition {
  readonly type: 'Available' | 'Progressing';
  readonly status: 'True' | 'False';
  readonly reason: string;
  readonly message?: string;
  /** When it was last looked at with news; the deadline counts from here. */
  readonly lastUpdateTime: string;
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

export interface Deployment extends KObject {
  readonly spec?: {
    readonly replicas?: number;
    readonly progressDeadlineSeconds?: number;
    readonly template?: PodTemplate;
  };
  readonly status?: DeploymentStatus;
}

export interface ServicePort {
  readonly name?: string;
  readonly port: number;
  /** A number, or the name of a port of the pods. */
  readonly targetPort?: number | string;
}

/** A Kubernetes Service. */
export interface Service extends KObject {
  readonly spec?: {
    readonly type?: string;
    readonly externalName?: string;
    readonly selector?: Readonly<Record<string, string>>;
    readonly ports?: readonly ServicePort[];
  };
}

export interface EndpointAddress {
  readonly ip: string;
  readonly targetRef?: {
    readonly kind: string;
    readonly namespace: string;
    readonly name: string;
  };
}

export interface EndpointPort {
  readonly name?: string;
  readonly port: number;
}

export interface Endpoints extends KObject {
  readonly subsets?: readonly {
    readonly addresses?: readonly EndpointAddress[];
    readonly notReadyAddresses?: readonly EndpointAddress[];
    readonly ports?: readonly EndpointPort[];
  }[];
}

/** Some text that must fit. */
export interface Match {
  readonly regex?: string;
}

/** Where a request goes, and how often. */
export interface WeightedDestination {
  readonly destination: {
    readonly host: string;
    readonly port: { readonly number?: number; readonly name?: string };
  };
  readonly weight: number;
}

export interface HttpRoute {
  readonly match: readonly {
    readonly authority?: Match;
    readonly uri?: Match;
  }[];
  readonly route: readonly WeightedDestination[];
  readonly timeout?: string;
  readonly retries?: {
    readonly attempts: number;
    readonly perTryTimeout: string;
  };
  readonly appendHeaders?: Readonly<Record<string, string>>;
}

/** What Istio tells its gateways. */
export interface VirtualService extends KObject {
  readonly spec?: {
    readonly gateways?: readonly string[];
    readonly hosts?: readonly string[];
    readonly http?: readonly HttpRoute[];
  };
}

/** Whether all containers of the pod are ready. */
export function isPodReady({ status }: Pod): boolean {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  return ready?.status === 'True';
}
