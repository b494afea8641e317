/**
 * `knative/service`: one run of the service controller.
 */
import { buildService } from '../../../runnable/knative/reconciler/testing/builds.ts';
import { reconcilePort } from './reconcile.ts';

export const port = reconcilePort(buildService);
