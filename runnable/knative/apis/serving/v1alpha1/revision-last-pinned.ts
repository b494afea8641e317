/**
 * When a Route last said that it uses a Revision: an annotation, by which
 * others know that the Revision may not go.
 */
import { sprintf } from '../../../../apiserver/sprintf.ts';
import type { Instant } from '../../../../sim/clock.ts';
import { revisionLastPinnedAnnotationKey } from '../register.ts';
import type { RevisionObject } from './revision-types.ts';

/**
 * The annotation holds no number.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/revision_types.go LastPinnedParseError
 */
export class LastPinnedParseError extends Error {
  constructor(value: string) {
    super(sprintf('%v lastPinned value: %q', 'Invalid', value));
  }
}

/**
 * Seconds since 1970, as the annotation has them.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/revision_types.go RevisionLastPinnedString
 */
export function revisionLastPinnedString(time: Instant): string {
  return String(Math.floor(time / 1000));
}

/**
 * What the annotation says; undefined when there is none.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/revision_types.go Revision.GetLastPinned
 * @throws {LastPinnedParseError} when it holds no number
 */
export function getLastPinned(revision: RevisionObject): Instant | undefined {
  const { annotations = {} } = revision.metadata;
  const seconds = annotations[revisionLastPinnedAnnotationKey];
  if (seconds === undefined) return undefined;
  if (!/^[-+]?\d+$/.test(seconds)) throw new LastPinnedParseError(seconds);
  return Number(seconds) * 1000;
}
