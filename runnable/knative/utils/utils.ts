/**
 * What the cluster calls itself.
 */

/**
 * The suffix of every name in the cluster's DNS.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/utils/utils.go GetClusterDomainName
 * @differs always the default; upstream looks for another one in the search
 *   line of its pod's `/etc/resolv.conf`
 */
export function getClusterDomainName(): string {
  return 'cluster.local';
}
