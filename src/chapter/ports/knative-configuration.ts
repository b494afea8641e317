/**
 * `knative/configuration`: one run of the configuration controller.
 */
import { buildConfiguration } from '../../../runnable/knative/reconciler/testing/builds.ts';
import { ports } from '../../ports/ports.ts';
import { reconcilePort } from './reconcile.ts';

export const port = reconcilePort(
  buildConfiguration((bytes) => ports.sha256(bytes)),
);
