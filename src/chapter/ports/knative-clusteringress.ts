/**
 * `knative/clusteringress`: one run of the clusteringress controller.
 */
import { buildClusterIngress } from '../../../runnable/knative/reconciler/testing/builds.ts';
import { reconcilePort } from './reconcile.ts';

export const port = reconcilePort(buildClusterIngress);
