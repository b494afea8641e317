/**
 * How the API refuses: a code, a reason and a text, worded as Kubernetes 1.20
 * words them, so that a reader can search for them.
 */
import type { Gvr } from './store.ts';

/** The one word by which a program tells errors apart. */
export type Reason =
  | ''
  | 'AlreadyExists'
  | 'BadRequest'
  | 'Conflict'
  | 'Expired'
  | 'Forbidden'
  | 'Invalid'
  | 'NotFound'
  | 'Timeout'
  | 'UnsupportedMediaType';

/** Which object it was about; `kind` holds the resource, as upstream has it. */
export interface ErrorDetails {
  readonly name?: string;
  readonly group?: string;
  readonly kind?: string;
}

/** A request that the server refused. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** As in HTTP. */
  readonly code: number;
  readonly reason: Reason;
  readonly details: ErrorDetails | undefined;

  constructor(
    code: number,
    reason: Reason,
    message: string,
    details?: ErrorDetails,
  ) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }
}

/** `services.serving.knative.dev`; a core resource has no group. */
export function qualifiedResource(gvr: Gvr): string {
  return gvr.group === '' ? gvr.resource : `${gvr.resource}.${gvr.group}`;
}

/** There is no object of that name. */
export function newNotFound(gvr: Gvr, name: string): ApiError {
  const text = `${qualifiedResource(gvr)} "${name}" not found`;
  return new ApiError(404, 'NotFound', text, about(gvr, name));
}

/** What a server says of a URL it does not serve. */
export function newNoResource(): ApiError {
  const text = 'the server could not find the requested resource';
  return new ApiError(404, 'NotFound', text);
}

/** @param deleting whether the one that exists is being deleted */
export function newAlreadyExists(
  gvr: Gvr,
  name: string,
  deleting = false,
): ApiError {
  const what = `${qualifiedResource(gvr)} "${name}" already exists`;
  const text = deleting ? `object is being deleted: ${what}` : what;
  return new ApiError(409, 'AlreadyExists', text, about(gvr, name));
}

/** @param subject a resource, or a kind where a deletion was refused */
export function newConflict(
  gvr: Gvr,
  subject: string,
  name: string,
  why: string,
): ApiError {
  const text = `Operation cannot be fulfilled on ${subject} "${name}": ${why}`;
  return new ApiError(409, 'Conflict', text, about(gvr, name));
}

/** The conflict of a writer that read an older version. */
export function newModified(gvr: Gvr, name: string): ApiError {
  return newConflict(
    gvr,
    qualifiedResource(gvr),
    name,
    'the object has been modified; please apply your changes to the latest version and try again',
  );
}

/** @param why the field's path and what is wrong with it */
export function newInvalid(gvr: Gvr, name: string, why: string): ApiError {
  return newInvalidOf(gvr, qualifiedKind(gvr), name, why);
}

/** Custom resources take no update that names no version. */
export function newUnversioned(gvr: Gvr, name: string): ApiError {
  return newInvalidOf(
    gvr,
    qualifiedResource(gvr),
    name,
    'metadata.resourceVersion: Invalid value: 0x0: must be specified for an update',
  );
}

/** The request makes no sense to the server. */
export function newBadRequest(message: string): ApiError {
  return new ApiError(400, 'BadRequest', message);
}

/** The body is of a kind that this resource does not take. */
export function newUnsupportedMediaType(accepted: readonly string[]): ApiError {
  return new ApiError(
    415,
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`,
  );
}

/** The watch asked for events that the server has forgotten. */
export function newExpired(asked: number, oldest: number): ApiError {
  const text = `too old resource version: ${asked} (${oldest})`;
  return new ApiError(410, 'Expired', text);
}

/** The reader knows a version that this server has not reached. */
export function newTooLargeVersion(asked: number, current: number): ApiError {
  const text = `Timeout: Too large resource version: ${asked}, current: ${current}`;
  return new ApiError(504, 'Timeout', text);
}

/** Whether a write lost against another one, and may be tried again. */
export function isConflict(error: unknown): error is ApiError {
  return error instanceof ApiError && error.reason === 'Conflict';
}

function newInvalidOf(
  gvr: Gvr,
  subject: string,
  name: string,
  why: string,
): ApiError {
  const text = `${subject} "${name}" is invalid: ${why}`;
  return new ApiError(422, 'Invalid', text, about(gvr, name));
}

function qualifiedKind(gvr: Gvr): string {
  return gvr.group === '' ? gvr.kind : `${gvr.kind}.${gvr.group}`;
}

function about(gvr: Gvr, name: string): ErrorDetails {
  return gvr.group === ''
    ? { name, kind: gvr.resource }
    : { name, group: gvr.group, kind: gvr.resource };
}
