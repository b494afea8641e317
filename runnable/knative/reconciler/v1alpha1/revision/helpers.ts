/**
 * What the objects behind a Revision say about it.
 */
import { parseTime } from '../../../../apiserver/time.ts';
import type { Instant, Milliseconds } from '../../../../sim/clock.ts';
import type { Deployment } from '../../../apis/apps/v1/types.ts';
import type {
  ContainerStateTerminated,
  Endpoints,
  Pod,
} from '../../../apis/core/v1/types.ts';
import { revisionConditionReady } from '../../../apis/serving/v1alpha1/revision-status.ts';
import type { Revision } from '../../../apis/serving/v1alpha1/revision-types.ts';
import { userContainerName } from './resources/constants.ts';

/** How long a Revision may take until a pod answers. */
const serviceTimeoutDuration: Milliseconds = 300_000;

/**
 * Whether at least one pod takes requests.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/helpers.go getIsServiceReady
 */
function getIsServiceReady({ subsets = [] }: Endpoints): boolean {
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
function getRevisionLastTransitionTime(rev: Revision): Instant {
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
function hasDeploymentTimedOut({ status }: Deployment): boolean {
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

/** How a Deployment gets on, as far as it matters to its Revision. */
type Progress = 'in time' | 'unheard' | 'exceeded';

/**
 * A Deployment that does not get on is no failure while the Revision waits to
 * be activated: perhaps no pod is wanted at all.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/reconcile_resources.go Reconciler.reconcileDeployment (part)
 * @story when result == 'unheard': The Deployment has given up, and the Revision
 *   does not say so: its `Active` is not True, so perhaps no pod is wanted.
 * @story when result == 'exceeded': The Deployment has given up on a Revision
 *   whose `Active` is True, and that is a failure.
 */
export function judgeProgress(deployment: Deployment, rev: Revision): Progress {
  if (!hasDeploymentTimedOut(deployment)) return 'in time';
  return rev.status.isActivationRequired() ? 'unheard' : 'exceeded';
}

/** Whether pods answer, as far as the Endpoints tell. */
type Readiness = 'ready' | 'unheard' | 'waiting' | 'timed out';

/**
 * One address is enough. Without any the Revision has five minutes; but while
 * it waits to be activated, they may pass.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/reconcile_resources.go Reconciler.reconcileService (part)
 * @story when result == 'ready': The Endpoints list an address, so resources are
 *   available and the container is healthy.
 * @story when result == 'unheard': No address is listed, and `Ready` has said the
 *   same for five minutes or more; but `Active`, which is not True, excuses it.
 * @story when result == 'timed out': No address is listed, and `Ready` has said
 *   the same for five minutes or more: the time is over.
 */
export function judgeEndpoints(
  endpoints: Endpoints,
  rev: Revision,
  now: Instant,
): Readiness {
  if (getIsServiceReady(endpoints)) return 'ready';
  const waited = now - getRevisionLastTransitionTime(rev);
  if (waited < serviceTimeoutDuration) return 'waiting';
  return rev.status.isActivationRequired() ? 'unheard' : 'timed out';
}
