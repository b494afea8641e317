/**
 * What a Revision's spec holds when the user said nothing.
 *
 * The webhook fills this in before an object is stored; the reconcilers do it
 * again on their copies, for objects older than the webhook.
 */
import type { Mutable } from '../../../../apiserver/objects.ts';
import type { RevisionSpec } from './revision-types.ts';

/** Seconds that a request may take, if nobody says otherwise. */
export const defaultTimeoutSeconds = 300;

/**
 * Fills in timeout and concurrency, and makes every volume read-only.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/revision_defaults.go RevisionSpec.SetDefaults
 */
export function setRevisionSpecDefaults(spec: Mutable<RevisionSpec>): void {
  if (spec.concurrencyModel === 'Single' && !spec.containerConcurrency) {
    spec.containerConcurrency = 1;
  }
  if (!spec.timeoutSeconds) spec.timeoutSeconds = defaultTimeoutSeconds;
  for (const mount of spec.container?.volumeMounts ?? []) {
    mount.readOnly = true;
  }
}
