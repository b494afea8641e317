/**
 * What a ClusterIngress means where it says nothing.
 */
import type { Mutable } from '../../../../apiserver/objects.ts';
import type {
  ClusterIngressTLS,
  HTTPClusterIngressPath,
  IngressSpec,
} from './clusteringress-types.ts';

/** As long as the longest request that a Revision may allow. */
const defaultTimeout = '10m0s';

const defaultRetryCount = 3;

/**
 * @upstream knative/serving v0.4.1
 *   pkg/apis/networking/v1alpha1/clusteringress_defaults.go IngressSpec.SetDefaults
 */
export function setIngressSpecDefaults(spec: Mutable<IngressSpec>): void {
  for (const tls of spec.tls ?? []) setTLSDefaults(tls);
  for (const { http } of spec.rules ?? []) {
    for (const path of http?.paths ?? []) setPathDefaults(path);
  }
  spec.visibility ||= 'ExternalIP';
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/apis/networking/v1alpha1/clusteringress_defaults.go ClusterIngressTLS.SetDefaults
 */
function setTLSDefaults(tls: Mutable<ClusterIngressTLS>): void {
  tls.serverCertificate ||= 'tls.cert';
  tls.privateKey ||= 'tls.key';
}

/**
 * A single split that names no share gets everything. The time of a request
 * and its retries are bounded.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/networking/v1alpha1/clusteringress_defaults.go HTTPClusterIngressPath.SetDefaults
 */
export function setPathDefaults(path: Mutable<HTTPClusterIngressPath>): void {
  const [only, ...others] = path.splits ?? [];
  if (only !== undefined && others.length === 0) only.percent ||= 100;
  path.timeout ??= defaultTimeout;
  path.retries ??= {
    attempts: defaultRetryCount,
    perTryTimeout: defaultTimeout,
  };
}
