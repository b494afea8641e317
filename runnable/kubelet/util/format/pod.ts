/**
 * A pod as log lines name it: name, namespace and UID.
 */
import type { Pod } from '../../api/v1.ts';

/**
 * `web_default(uid-web)`.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/util/format/pod.go Pod
 */
export function pod(of: Pod): string {
  const { name, namespace, uid } = of.metadata;
  return `${name}_${namespace}(${uid})`;
}

/**
 * Several pods, joined by commas.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/util/format/pod.go Pods
 */
export function pods(of: readonly Pod[]): string {
  return of.map(pod).join(', ');
}
