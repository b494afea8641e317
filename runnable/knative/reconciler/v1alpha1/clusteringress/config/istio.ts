/**
 * Which gateways requests come in by: what `config-istio` says.
 */
import type { ConfigMap } from '../../../../configmap/watcher.ts';
import { sortBy } from '../../../../../sim/sort-by.ts';
import { getClusterDomainName } from '../../../../utils/utils.ts';

/** The ConfigMap that holds it. */
export const istioConfigName = 'config-istio';

/** Keys that begin so name a gateway for the world. */
const gatewayKeyPrefix = 'gateway.';

/** Keys that begin so name a gateway for the cluster alone. */
const localGatewayKeyPrefix = 'local-gateway.';

/**
 * An Istio Gateway and the Kubernetes Service in front of it.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/clusteringress/config/istio.go Gateway
 */
export interface Gateway {
  readonly gatewayName: string;
  readonly serviceURL: string;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/clusteringress/config/istio.go Istio
 */
export class Istio {
  readonly ingressGateways: readonly Gateway[];
  readonly localGateways: readonly Gateway[];

  constructor(
    ingressGateways: readonly Gateway[] = [],
    localGateways: readonly Gateway[] = [],
  ) {
    this.ingressGateways =
      ingressGateways.length === 0 ? [defaultGateway()] : ingressGateways;
    this.localGateways = localGateways;
  }
}

/** Where Istio 1.0 lets requests in. */
function defaultGateway(): Gateway {
  return {
    gatewayName: 'knative-ingress-gateway',
    serviceURL: `istio-ingressgateway.istio-system.svc.${getClusterDomainName()}`,
  };
}

/**
 * Reads the gateways of one prefix, in order of their names.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/clusteringress/config/istio.go parseGateways
 * @throws {Error} when a gateway's Service has no name that DNS could have
 */
function parseGateways(
  { data = {} }: ConfigMap,
  prefix: string,
): readonly Gateway[] {
  const gateways: Gateway[] = [];
  for (const [key, serviceURL] of Object.entries(data)) {
    if (!key.startsWith(prefix) || key === prefix) continue;
    const faults = faultsOfSubdomain(serviceURL);
    if (faults.length > 0) {
      throw new Error(`invalid gateway format: [${faults.join(' ')}]`);
    }
    gateways.push({ gatewayName: key.slice(prefix.length), serviceURL });
  }
  return sortBy(gateways, ({ gatewayName }) => gatewayName);
}

/**
 * Without any gateway for the world there is the one that Knative brings
 * along. A gateway for the cluster alone is nobody's unless it is named.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/clusteringress/config/istio.go NewIstioFromConfigMap
 * @throws {Error} when a gateway's Service has no name that DNS could have
 */
export function newIstioFromConfigMap(configMap: ConfigMap): Istio {
  const gateways = parseGateways(configMap, gatewayKeyPrefix);
  const localGateways = parseGateways(configMap, localGatewayKeyPrefix);
  return new Istio(gateways, localGateways);
}

const subdomain =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Kubernetes' rule for names of hosts, in its words. */
function faultsOfSubdomain(name: string): string[] {
  const faults: string[] = [];
  if (name.length > 253) faults.push('must be no more than 253 characters');
  if (!subdomain.test(name)) {
    faults.push(
      "a DNS-1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    );
  }
  return faults;
}
