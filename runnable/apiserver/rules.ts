/**
 * What the server itself decides about an object: which fields a write may
 * touch, when its generation counts, and when it is really gone.
 */
import type { Instant } from '../sim/clock.ts';
import { hasStatus } from './kinds.ts';
import { deepCopy, deepEqual } from './objects.ts';
import type { Mutable } from './objects.ts';
import type { DeleteOptions, Gvr, KObject, ObjectMeta } from './store.ts';
import { formatTime, parseTime } from './time.ts';

/** An object as the store reads it: a body beside the metadata. */
export type Draft = Mutable<KObject> & {
  spec?: unknown;
  status?: unknown;
  [field: string]: unknown;
};

/** Which part of an object a write is about. */
export type Part = 'main' | 'status';

/** A new object as it will be stored, without version and uid. */
export function prepareForCreate(
  gvr: Gvr,
  object: KObject,
  now: Instant,
): Draft {
  const draft = deepCopy(object) as Draft;
  const { metadata } = draft;
  metadata.creationTimestamp = formatTime(now);
  delete metadata.deletionTimestamp;
  delete metadata.deletionGracePeriodSeconds;
  delete metadata.generation;
  if (gvr.generations) metadata.generation = 1;
  // The kubelet registers its Node with a status; nobody else may bring one.
  if (hasStatus(gvr) && gvr.kind !== 'Node') delete draft.status;
  if (gvr.group === '' && gvr.kind === 'Pod') {
    draft.status = { phase: 'Pending' };
  }
  return draft;
}

/** The object as an update would store it, with the version it has now. */
export function prepareForUpdate(
  gvr: Gvr,
  object: KObject,
  current: KObject,
  part: Part,
): Draft {
  const next = deepCopy(part === 'main' ? object : current) as Draft;
  const incoming = object as Draft;
  if (part === 'status') setField(next, 'status', incoming.status);
  else if (hasStatus(gvr)) {
    setField(next, 'status', (current as Draft).status);
  }
  keepSystemFields(next.metadata, current.metadata);
  if (gvr.generations && !deepEqual(bodyOf(next), bodyOf(current as Draft))) {
    next.metadata.generation = (current.metadata.generation ?? 0) + 1;
  }
  return next;
}

/** Whether an object that is being deleted has nothing left to wait for. */
export function isFinished(next: KObject, current: KObject): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds } = current.metadata;
  return (
    deletionTimestamp !== undefined &&
    deletionGracePeriodSeconds === 0 &&
    (next.metadata.finalizers ?? []).length === 0
  );
}

/**
 * How long a deletion waits for the kubelet, in seconds; undefined for kinds
 * that nobody has to stop. A pod on no node, or one that has ended, waits for
 * nobody.
 */
export function gracePeriod(
  gvr: Gvr,
  object: KObject,
  options: DeleteOptions,
): number | undefined {
  if (gvr.group !== '' || gvr.kind !== 'Pod') return undefined;
  const { spec, status } = object as {
    readonly spec?: {
      readonly nodeName?: string;
      readonly terminationGracePeriodSeconds?: number;
    };
    readonly status?: { readonly phase?: string };
  };
  if ((spec?.nodeName ?? '') === '') return 0;
  if (status?.phase === 'Succeeded' || status?.phase === 'Failed') return 0;
  const asked = options.gracePeriodSeconds;
  return asked ?? spec?.terminationGracePeriodSeconds ?? 30;
}

/** Marks an object as being deleted, from now on for `grace` seconds. */
export function markAsDeleting(
  object: KObject,
  grace: number,
  now: Instant,
): Draft {
  const draft = deepCopy(object) as Draft;
  const { metadata } = draft;
  metadata.deletionTimestamp = formatTime(now + grace * 1000);
  metadata.deletionGracePeriodSeconds = grace;
  if (metadata.generation !== undefined) metadata.generation += 1;
  return draft;
}

/** A deletion under way may be hurried, and never be slowed down. */
export function shortenGrace(
  object: KObject,
  grace: number,
): Draft | undefined {
  const { deletionTimestamp = '', deletionGracePeriodSeconds = 0 } =
    object.metadata;
  if (grace >= deletionGracePeriodSeconds) return undefined;
  const draft = deepCopy(object) as Draft;
  const saved = (deletionGracePeriodSeconds - grace) * 1000;
  const due = parseTime(deletionTimestamp) - saved;
  draft.metadata.deletionTimestamp = formatTime(due);
  draft.metadata.deletionGracePeriodSeconds = grace;
  return draft;
}

/** What only the server writes stays as it is. */
function keepSystemFields(
  next: Mutable<ObjectMeta>,
  current: ObjectMeta,
): void {
  const names = [
    'uid',
    'resourceVersion',
    'generation',
    'creationTimestamp',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
  ] as const;
  for (const name of names) setField(next, name, current[name]);
}

function setField<T extends object, K extends keyof T>(
  target: T,
  field: K,
  value: T[K] | undefined,
): void {
  if (value === undefined) delete target[field];
  else target[field] = deepCopy(value) as T[K];
}

/** Everything a generation counts: all but metadata and status. */
function bodyOf(draft: Draft): unknown {
  const { metadata: _, status: __, ...body } = draft;
  return body;
}
