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

/**
 * The k8s Service in front of a Revision's pods, by the Revision's name.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/names.go GetServingK8SServiceNameForObj
 */
export function getServingK8SServiceNameForObj(name: string): string {
  return `${name}-service`;
}

/**
 * The Revision behind a k8s Service, by the Service's name.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/names.go GetServingRevisionNameForK8sService
 */
export function getServingRevisionNameForK8sService(name: string): string {
  return name.endsWith('-service') ? name.slice(0, -'-service'.length) : name;
}
