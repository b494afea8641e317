/**
 * ClusterIngress: what a Route wants from the network, in words that no
 * particular gateway owns.
 *
 * Hosts, and for each host how the requests are shared between k8s Services.
 * Whoever configures the network reads this and reports in the status where
 * the requests come in.
 */
import { deepCopy } from '../../../../apiserver/objects.ts';
import type { Mutable } from '../../../../apiserver/objects.ts';
import type { KObject } from '../../../../apiserver/store.ts';
import type { Clock } from '../../../../sim/clock.ts';
import type { Condition } from '../../duck/v1alpha1/conditions-types.ts';
import { setIngressSpecDefaults } from './clusteringress-defaults.ts';
import { IngressStatus } from './clusteringress-status.ts';

/**
 * Who may reach it: the world, or only what runs in the cluster.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/networking/v1alpha1/clusteringress_types.go IngressVisibility
 */
export type IngressVisibility = 'ExternalIP' | 'ClusterLocal' | '';

/**
 * @upstream knative/serving v0.4.1
 *   pkg/apis/networking/v1alpha1/clusteringress_types.go IngressSpec
 */
export interface IngressSpec {
  /** Counted by hand before the API server counted generations. */
  readonly generation?: number;
  readonly tls?: readonly ClusterIngressTLS[];
  readonly rules?: readonly ClusterIngressRule[];
  readonly visibility?: IngressVisibility;
}

/**
 * Which Secret holds the certificate of some hosts.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/networking/v1alpha1/clusteringress_types.go ClusterIngressTLS
 */
export interface ClusterIngressTLS {
  readonly hosts?: readonly string[];
  readonly secretName?: string;
  readonly secretNamespace?: string;
  readonly serverCertificate?: string;
  readonly privateKey?: string;
}

/**
 * What happens to requests for some hosts.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/networking/v1alpha1/clusteringress_types.go ClusterIngressRule
 */
export interface ClusterIngressRule {
  readonly hosts?: readonly string[];
  readonly http?: HTTPClusterIngressRuleValue;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/apis/networking/v1alpha1/clusteringress_types.go HTTPClusterIngressRuleValue
 */
export interface HTTPClusterIngressRuleValue {
  readonly paths?: readonly HTTPClusterIngressPath[];
}

/**
 * How requests whose path matches are shared, and what is done to them.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/networking/v1alpha1/clusteringress_types.go HTTPClusterIngressPath
 */
export interface HTTPClusterIngressPath {
  /** A regular expression; without it every path matches. */
  readonly path?: string;
  readonly splits?: readonly ClusterIngressBackendSplit[];
  /** Added to each request, whichever backend gets it. */
  readonly appendHeaders?: Readonly<Record<string, string>>;
  /** A Go duration: `10m0s`. */
  readonly timeout?: string;
  readonly retries?: HTTPRetry;
}

/**
 * One k8s Service behind a path.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/networking/v1alpha1/clusteringress_types.go ClusterIngressBackend
 */
export interface ClusterIngressBackend {
  readonly serviceNamespace: string;
  readonly serviceName: string;
  /** A number, or the name of a port. */
  readonly servicePort: number | string;
}

/**
 * A backend and its share of the requests.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/networking/v1alpha1/clusteringress_types.go ClusterIngressBackendSplit
 */
export interface ClusterIngressBackendSplit extends ClusterIngressBackend {
  readonly percent?: number;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/apis/networking/v1alpha1/clusteringress_types.go HTTPRetry
 */
export interface HTTPRetry {
  readonly attempts: number;
  /** A Go duration: `10m0s`. */
  readonly perTryTimeout?: string;
}

/**
 * One way in: an address, a name, or the mesh alone.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/networking/v1alpha1/clusteringress_types.go LoadBalancerIngressStatus
 */
export interface LoadBalancerIngressStatus {
  readonly ip?: string;
  readonly domain?: string;
  readonly domainInternal?: string;
  readonly meshOnly?: boolean;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/apis/networking/v1alpha1/clusteringress_types.go LoadBalancerStatus
 */
export interface LoadBalancerStatus {
  readonly ingress?: readonly LoadBalancerIngressStatus[];
}

/**
 * Whether the network is configured, and where requests come in.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/networking/v1alpha1/clusteringress_types.go IngressStatus
 */
export interface IngressStatusFields {
  readonly conditions?: readonly Condition[] | undefined;
  readonly loadBalancer?: LoadBalancerStatus | undefined;
  readonly observedGeneration?: number | undefined;
}

/**
 * A ClusterIngress as it is stored and read. It belongs to no namespace.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/networking/v1alpha1/clusteringress_types.go ClusterIngress
 */
export interface ClusterIngressObject extends KObject {
  readonly spec?: IngressSpec;
  readonly status?: IngressStatusFields;
}

/** A ClusterIngress to work on: a deep copy with its methods. */
export class ClusterIngress {
  readonly apiVersion = 'networking.internal.knative.dev/v1alpha1';
  readonly kind = 'ClusterIngress';
  readonly metadata: ClusterIngressObject['metadata'];
  readonly spec: Mutable<IngressSpec>;
  readonly status: IngressStatus;

  constructor(original: ClusterIngressObject, clock: Clock) {
    const copy = deepCopy(original);
    this.metadata = copy.metadata;
    this.spec = copy.spec ?? {};
    this.status = new IngressStatus(copy.status ?? {}, clock);
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/networking/v1alpha1/clusteringress_defaults.go ClusterIngress.SetDefaults
   */
  setDefaults(): void {
    setIngressSpecDefaults(this.spec);
  }

  /**
   * Whether the world may reach it, which is so unless it says otherwise.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/apis/networking/v1alpha1/clusteringress_types.go ClusterIngress.IsPublic
   */
  isPublic(): boolean {
    const { visibility = '' } = this.spec;
    return visibility === '' || visibility === 'ExternalIP';
  }
}
