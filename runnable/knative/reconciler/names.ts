/**
 * Names that several controllers have to agree on.
 */
import { getClusterDomainName } from '../utils/utils.ts';

/**
 * The name under which the cluster's DNS knows a Kubernetes Service.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/names.go GetK8sServiceFullname
 */
export function getK8sServiceFullname(name: string, namespace: string): string {
  return `${name}.${namespace}.svc.${getClusterDomainName()}`;
}
