/**
 * What the objects behind a Revision say about it.
 */
import { parseTime } from '../../../../apiserver/time.ts';
import type { Instant } from '../../../../sim/clock.ts';
import type { Deployment } from '../../../apis/apps/v1/types.ts';
import type {
  ContainerStateTerminated,
  Endpoints,
  Pod,
} from '../../../apis/core/v1/types.ts';
import { revisionConditionReady } from '../../../apis/serving/v1alpha1/revision-status.ts';
import type { Revision } from '../../../apis/serving/v1alpha1/revision-types.ts';
import { userContainerName } from './resources/constants.ts';

/**
 * Whether at least one pod takes requests.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/helpers.go getIsServiceReady
 */
export function getIsServiceReady({ subsets = [] }: Endpoints): boolean {
  return subsets.some(({ addresses = [] }) => addresses.length > 0);
}

/**
 * Since when the Revision has been as ready as it is now: since it was made,
 * where nothing was ever said about that.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/helpers.go getRevisionLastTransitionTime
 * @returns the beginning of time when there is no word of it
 */
export function getRevisionLastTransitionTime(rev: Revision): Instant {
  const ready = rev.status.getCondition(revisionConditionReady);
  const { creationTimestamp } = rev.metadata;
  const since =
    ready === undefined ? creationTimestamp : ready.lastTransitionTime;
  return since ? parseTime(since) : -Infinity;
}

/**
 * Whether the Deployment says that it does not get on.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/helpers.go hasDeploymentTimedOut
 */
export function hasDeploymentTimedOut({ status }: Deployment): boolean {
  const { conditions = [] } = status ?? {};
  return conditions.some(
    (condition) =>
      condition.type === 'Progressing' &&
      condition.status === 'False' &&
      condition.reason === 'ProgressDeadlineExceeded',
  );
}

/**
 * How the user's container in a pod ended the last time, if it did.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/reconcile_resources.go Reconciler.reconcileDeployment (part)
 */
export function lastTermination(
  pod: Pod | undefined,
): ContainerStateTerminated | undefined {
  const { containerStatuses = [] } = pod?.status ?? {};
  const user = containerStatuses.find(({ name }) => name === userContainerName);
  return user?.lastState?.terminated;
}
