/**
 * Whether the node can take a pod, whatever the scheduler thought.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/lifecycle/predicate.go predicateAdmitHandler
 * @omits resources but for the number of pods, and extended resources
 */
import type { Pod } from '../api/v1.ts';
import type {
  PodAdmitAttributes,
  PodAdmitHandler,
  PodAdmitResult,
} from './interfaces.ts';

export interface PredicateOptions {
  readonly nodeName: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly maxPods: number;
}

export class PredicateAdmitHandler implements PodAdmitHandler {
  readonly #options: PredicateOptions;

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/lifecycle/predicate.go NewPredicateAdmitHandler
   */
  constructor(options: PredicateOptions) {
    this.#options = options;
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/lifecycle/predicate.go predicateAdmitHandler.Admit
   */
  admit({ pod, otherPods }: PodAdmitAttributes): PodAdmitResult {
    const { nodeName, labels, maxPods } = this.#options;
    if (otherPods.length + 1 > maxPods) {
      const message = `Node didn't have enough resource: pods, requested: 1, used: ${otherPods.length}, capacity: ${maxPods}`;
      return { admit: false, reason: 'OutOfpods', message };
    }
    const assigned = pod.spec.nodeName ?? '';
    if (assigned !== '' && assigned !== nodeName) return refuse('HostName');
    const wanted = hostPorts(pod);
    if (wanted.length > 0) {
      const taken = new Set(otherPods.flatMap(hostPorts));
      if (wanted.some((port) => taken.has(port))) {
        return refuse('PodFitsHostPorts');
      }
    }
    const selector = Object.entries(pod.spec.nodeSelector ?? {});
    if (selector.some(([key, value]) => labels[key] !== value)) {
      return refuse('MatchNodeSelector');
    }
    return { admit: true };
  }
}

function refuse(predicate: string): PodAdmitResult {
  return {
    admit: false,
    reason: predicate,
    message: `Predicate ${predicate} failed`,
  };
}

function hostPorts(pod: Pod): string[] {
  return pod.spec.containers
    .flatMap(({ ports = [] }) => ports)
    .filter(({ hostPort = 0 }) => hostPort > 0)
    .map(({ hostPort = 0, protocol = 'TCP' }) => `${protocol}/${hostPort}`);
}
