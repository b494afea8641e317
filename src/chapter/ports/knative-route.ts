/**
 * `knative/route`: one run of the route controller.
 */
import { buildRoute } from '../../../runnable/knative/reconciler/testing/builds.ts';
import { ports } from '../../ports/ports.ts';
import { reconcilePort } from './reconcile.ts';

export const port = reconcilePort(buildRoute((text) => ports.parseYaml(text)));
