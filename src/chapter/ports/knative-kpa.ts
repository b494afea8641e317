/**
 * `knative/kpa`: one run of the KPA controller. What the autoscaler has decided
 * is an object of kind Metric.
 */
import { buildKpa } from '../../../runnable/knative/reconciler/testing/build-kpa.ts';
import { reconcilePort } from './reconcile.ts';

export const port = reconcilePort(buildKpa);
