/**
 * The build that a Revision may have to wait for.
 */
import { newNotFound } from '../../../../apiserver/api-error.ts';
import { keyOf } from '../../../../apiserver/objects.ts';
import type { ObjectReference } from '../../../apis/core/v1/types.ts';
import type {
  KResource,
  KResourceStatus,
} from '../../../apis/duck/v1alpha1/conditions-types.ts';
import { kindToResource } from '../../../apis/kind2resource.ts';
import { revisionConditionBuildSucceeded } from '../../../apis/serving/v1alpha1/revision-status.ts';
import type { Revision } from '../../../apis/serving/v1alpha1/revision-types.ts';
import type { Reconciler } from './revision.ts';

/** What a Revision without a build says of its build. */
const noBuild: KResourceStatus = {
  conditions: [{ type: 'Succeeded', status: 'True', reason: 'NoBuild' }],
};

/**
 * Takes over how the build is doing. What builds may be of any kind: it is
 * tracked by its name and read by its conditions.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/revision.go Reconciler.reconcileBuild
 * @story when !message: on event: The result of the build is in, and an event says
 *   so, without a message.
 * @throws {Error} when there is no such build
 */
export async function reconcileBuild(
  c: Reconciler,
  rev: Revision,
): Promise<void> {
  const buildRef = rev.buildRef();
  if (buildRef === undefined) {
    rev.status.propagateBuildStatus(noBuild);
    return;
  }
  // Before it is read, so that no change in between can be missed.
  c.tracker.track(buildRef, keyOf(rev));
  const build = await getBuild(c, rev, buildRef);

  const before = rev.status.getCondition(revisionConditionBuildSucceeded);
  rev.status.propagateBuildStatus(build.status);
  const after = rev.status.getCondition(revisionConditionBuildSucceeded);
  if (after === undefined || before?.status === after.status) return;
  const { status, message = '' } = after;
  if (status === 'True') {
    c.recorder.event(rev, 'Normal', 'BuildSucceeded', message);
  } else if (status === 'False') {
    c.recorder.event(rev, 'Warning', 'BuildFailed', message);
  }
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/revision.go Reconciler.reconcileBuild (part)
 */
async function getBuild(
  c: Reconciler,
  rev: Revision,
  { apiVersion = '', kind = '', name = '' }: ObjectReference,
): Promise<KResource> {
  const gvr = kindToResource({ apiVersion, kind });
  const { namespace = '' } = rev.metadata;
  const informer = await c.buildInformerFactory.get(gvr);
  const build = informer.lister().byNamespace(namespace).get(name);
  if (build !== undefined) return build;
  const error = newNotFound(gvr, name);
  const format = 'Error fetching Build %q for Revision %q: %v';
  c.logger.errorf(format, name, rev.metadata.name, error);
  throw error;
}
