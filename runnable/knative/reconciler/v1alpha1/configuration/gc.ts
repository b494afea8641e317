/**
 * Which Revisions a Configuration no longer needs.
 */
import { parseTime } from '../../../../apiserver/time.ts';
import type { Instant } from '../../../../sim/clock.ts';
import { sortBy } from '../../../../sim/sort-by.ts';
import type { ConfigurationStatusFields } from '../../../apis/serving/v1alpha1/configuration-types.ts';
import {
  getLastPinned,
  LastPinnedParseError,
} from '../../../apis/serving/v1alpha1/revision-last-pinned.ts';
import type { RevisionObject } from '../../../apis/serving/v1alpha1/revision-types.ts';
import type { Config } from '../../../gc/config.ts';

/**
 * The Revisions that may be looked at: all but the newest few.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/configuration/configuration.go Reconciler.gcRevisions (part)
 */
export function oldRevisions(
  revisions: readonly RevisionObject[],
  gc: Config,
): readonly RevisionObject[] {
  const newestFirst = sortBy(revisions, (revision) => -createdAt(revision));
  return newestFirst.slice(gc.staleRevisionMinimumGenerations);
}

/**
 * Whether a Revision may go.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/configuration/configuration.go isRevisionStale
 * @omits logging an annotation that is no number
 */
export function isRevisionStale(
  revision: RevisionObject,
  status: ConfigurationStatusFields,
  gc: Config,
  now: Instant,
): boolean {
  return judge(revision, status, gc, now) === 'stale';
}

/** Why a Revision stays, or that it may go. */
type Verdict = 'latest ready' | 'young' | 'never used' | 'in use' | 'stale';

/**
 * The latest ready one stays, a young one stays, and so does one that no Route
 * ever used; the others go when no Route has used them for long enough.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/configuration/configuration.go isRevisionStale (part)
 * @story when result == 'latest ready': Revision {revision.metadata.name} stays,
 *   because it is the latest ready one.
 * @story when result == 'young': Too young to be judged by `config-gc`, Revision
 *   {revision.metadata.name} stays.
 * @story when result == 'never used': Since no Route has ever used it, Revision
 *   {revision.metadata.name} stays, however old it is.
 * @story when result == 'in use': Revision {revision.metadata.name} stays, for a
 *   Route has used it not too long ago.
 */
function judge(
  revision: RevisionObject,
  status: ConfigurationStatusFields,
  gc: Config,
  now: Instant,
): Verdict {
  if (revision.metadata.name === status.latestReadyRevisionName) {
    return 'latest ready';
  }
  if (createdAt(revision) + gc.staleRevisionCreateDelay > now) return 'young';
  const lastPinned = lastPinnedOf(revision);
  if (lastPinned === undefined) return 'never used';
  return lastPinned + gc.staleRevisionTimeout < now ? 'stale' : 'in use';
}

/** When a Route last used it; undefined also when what is said is no time. */
function lastPinnedOf(revision: RevisionObject): Instant | undefined {
  try {
    return getLastPinned(revision);
  } catch (error) {
    if (error instanceof LastPinnedParseError) return undefined;
    throw error;
  }
}

function createdAt({ metadata }: RevisionObject): Instant {
  const { creationTimestamp } = metadata;
  // Without a time it is as old as can be.
  return creationTimestamp === undefined ? 0 : parseTime(creationTimestamp);
}
