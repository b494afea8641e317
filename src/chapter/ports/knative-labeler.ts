/**
 * `knative/labeler`: one run of the labeler over a Route.
 */
import { buildLabeler } from '../../../runnable/knative/reconciler/testing/builds.ts';
import { reconcilePort } from './reconcile.ts';

export const port = reconcilePort(buildLabeler);
