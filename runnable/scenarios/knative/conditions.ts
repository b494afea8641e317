/**
 * Conditions as a played controller writes them.
 */
import { formatTime } from '../../apiserver/time.ts';
import type { Condition } from '../../knative/apis/duck/v1alpha1/conditions-types.ts';
import type { Instant } from '../../sim/clock.ts';

/** A condition that changed at `now`, True unless something else is said. */
export function condition(
  now: Instant,
  type: string,
  status: Condition['status'] = 'True',
  why: Pick<Condition, 'reason' | 'message'> = {},
): Condition {
  return { type, status, ...why, lastTransitionTime: formatTime(now) };
}
