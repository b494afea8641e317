/**
 * The quality-of-service class of a pod, from what its containers ask for.
 */
import { deepEqual } from '../apiserver/objects.ts';
import type { Pod, PodStatus } from './api/v1.ts';

/** `Guaranteed` when every container is given exactly what it asks for. */
export function qosClassOf(pod: Pod): NonNullable<PodStatus['qosClass']> {
  const all = pod.spec.containers.map(({ resources = {} }) => resources);
  const asks = all.some(
    ({ limits = {}, requests = {} }) =>
      Object.keys(limits).length + Object.keys(requests).length > 0,
  );
  if (!asks) return 'BestEffort';
  const exact = all.every(
    ({ limits, requests = limits }) =>
      limits?.['cpu'] !== undefined &&
      limits['memory'] !== undefined &&
      deepEqual(limits, requests),
  );
  return exact ? 'Guaranteed' : 'Burstable';
}
