/**
 * Deleting an object: at once, or marked first and removed when its finalizers
 * and its grace period are done with.
 */
import { runAdmission } from './admission.ts';
import { newConflict } from './api-error.ts';
import type { Registry, Request } from './registry.ts';
import { gracePeriod, markAsDeleting, shortenGrace } from './rules.ts';
import type { DeleteOptions, Gvr, KObject } from './store.ts';

/** The garbage collector is asked to free the dependents first. */
export const orphanFinalizer = 'orphan';
/** It is asked to delete them first. */
export const foregroundFinalizer = 'foregroundDeletion';

/** @throws {ApiError} Conflict when the object has another uid than asked */
export function deleteObject(
  registry: Registry,
  request: Request,
  current: KObject,
  options: DeleteOptions,
): void {
  const { gvr } = request;
  checkUid(gvr, current, options);
  runAdmission(registry.admissions, 'DELETE', gvr, current, current);
  if (current.metadata.deletionTimestamp !== undefined) {
    hurry(registry, request, current, options);
    return;
  }
  const grace = gracePeriod(gvr, current, options);
  const finalizers = finalizersFor(current, options);
  const [finalizer] = finalizers;
  if (grace === undefined && finalizer === undefined) {
    registry.remove(request, current);
    return;
  }
  const marked = markAsDeleting(current, grace ?? 0, registry.now());
  if (finalizers.length > 0) marked.metadata.finalizers = finalizers;
  else delete marked.metadata.finalizers;
  const waits = finalizer !== undefined || (grace ?? 0) > 0;
  const after = registry.save(request, current, marked, {
    kind: 'store.delete',
    case: finalizer === undefined ? 'graceful' : 'marked',
    fields: { finalizer, grace },
  });
  if (waits) registry.witness?.marked(after);
  else registry.remove(request, after);
}

/** Deletes again what is being deleted: only a shorter grace is news. */
function hurry(
  registry: Registry,
  request: Request,
  current: KObject,
  options: DeleteOptions,
): void {
  const grace = options.gracePeriodSeconds;
  const shortened =
    grace === undefined ? undefined : shortenGrace(current, grace);
  if (shortened === undefined) return;
  const after = registry.save(request, current, shortened, {
    kind: 'store.delete',
    case: 'graceful',
    fields: { grace },
  });
  const kept = (after.metadata.finalizers ?? []).length > 0;
  if (grace === 0 && !kept) registry.remove(request, after);
}

/** The object's finalizers and those that the propagation asks for. */
function finalizersFor(
  { metadata }: KObject,
  { propagation }: DeleteOptions,
): string[] {
  const kept = (metadata.finalizers ?? []).filter(
    (finalizer) =>
      propagation === undefined ||
      (finalizer !== orphanFinalizer && finalizer !== foregroundFinalizer),
  );
  if (propagation === 'Orphan') kept.push(orphanFinalizer);
  if (propagation === 'Foreground') kept.push(foregroundFinalizer);
  return kept;
}

function checkUid(gvr: Gvr, current: KObject, { uid }: DeleteOptions): void {
  const actual = current.metadata.uid ?? '';
  if (uid === undefined || uid === actual) return;
  const why = `the UID in the precondition (${uid}) does not match the UID in record (${actual}). The object might have been deleted and then recreated`;
  throw newConflict(gvr, gvr.kind, current.metadata.name, why);
}
