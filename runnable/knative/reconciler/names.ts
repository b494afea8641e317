/**
 * Names of the k8s Services that Knative makes and reaches.
 */
const serviceSuffix = '-service';

/**
 * The name by which a k8s Service is reached inside the cluster.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/names.go GetK8sServiceFullname
 * @differs the cluster's domain is given; upstream reads `/etc/resolv.conf`
 */
export function getK8sServiceFullname(
  name: string,
  namespace: string,
  clusterDomain: string,
): string {
  return `${name}.${namespace}.svc.${clusterDomain}`;
}

/**
 * The k8s Service of a Revision.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/names.go GetServingK8SServiceNameForObj
 */
export function getServingK8SServiceNameForObj(name: string): string {
  return name + serviceSuffix;
}

/**
 * The Revision of a k8s Service.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/names.go GetServingRevisionNameForK8sService
 */
export function getServingRevisionNameForK8sService(name: string): string {
  return name.endsWith(serviceSuffix)
    ? name.slice(0, -serviceSuffix.length)
    : name;
}
