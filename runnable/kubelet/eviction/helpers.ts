/**
 * How an evicted pod is told from other failed ones.
 */
import type { PodStatus } from '../api/v1.ts';

/** The reason that evicted pods and their events carry. */
export const evictedReason = 'Evicted';

/** Whether a pod ended because the node needed its resources. */
export function podIsEvicted(podStatus: PodStatus): boolean {
  return podStatus.phase === 'Failed' && podStatus.reason === evictedReason;
}
