/**
 * `knative/revision`: one run of the revision controller, without a registry.
 */
import { buildRevision } from '../../../runnable/knative/reconciler/testing/build-revision.ts';
import { reconcilePort } from './reconcile.ts';

export const port = reconcilePort(buildRevision);
