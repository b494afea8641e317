/**
 * A word on each Revision that a Route sends traffic to: it is in use.
 */
import type { Milliseconds } from '../../../../sim/clock.ts';
import { revisionLastPinnedAnnotationKey } from '../../../apis/serving/register.ts';
import {
  getLastPinned,
  revisionLastPinnedString,
} from '../../../apis/serving/v1alpha1/revision-last-pinned.ts';
import type { RouteObject } from '../../../apis/serving/v1alpha1/route-types.ts';
import type { Context } from './reconcile-resources.ts';
import type { RevisionTarget } from './traffic/targets.ts';

/**
 * Says on every Revision that gets traffic that it is in use, unless that was
 * said a moment ago. All are written at the same time; one error ends the run
 * when the others are done. A named target's Revision stands in two groups and
 * is visited twice.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/reconcile_resources.go Reconciler.reconcileTargetRevisions
 * @throws {Error} the first error there was
 */
export async function reconcileTargetRevisions(
  c: Context,
  route: RouteObject,
  targets: ReadonlyMap<string, readonly RevisionTarget[]>,
  debounce: Milliseconds,
): Promise<void> {
  const { namespace = '' } = route.metadata;
  const errors: unknown[] = [];
  const tasks = [...targets.values()].flat().map(({ revisionName }) =>
    c.sim.go(
      `route-pin ${revisionName}`,
      () => pinRevision(c, namespace, revisionName, debounce),
      (error) => errors.push(error),
    ),
  );
  for (const task of tasks) await task.done;
  if (errors.length > 0) throw errors[0];
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/reconcile_resources.go Reconciler.reconcileTargetRevisions (part)
 * @story on store.patch: Revision {name} gets traffic, and the route
 *   controller writes on it when that was, so that nobody deletes it.
 */
async function pinRevision(
  c: Context,
  namespace: string,
  name: string,
  debounce: Milliseconds,
): Promise<void> {
  const rev = c.listers.revisions.byNamespace(namespace).get(name);
  if (rev === undefined) {
    c.logger.infof('Unable to update lastPinned for missing revision %q', name);
    return;
  }
  const now = c.sim.now();
  const lastPin = getLastPinned(rev);
  if (lastPin !== undefined && lastPin + debounce > now) return;
  const lastPinned = revisionLastPinnedString(now);
  const annotations = { [revisionLastPinnedAnnotationKey]: lastPinned };
  try {
    await c.servingClient.revisions.patch(namespace, name, {
      type: 'merge',
      body: { metadata: { annotations } },
    });
  } catch (error) {
    c.logger.errorf('Unable to set revision annotation: %v', error);
    throw error;
  }
}
