/**
 * Admission: what a webhook may do to an object before it is stored.
 */
import { deepCopy } from './objects.ts';
import type { Mutable } from './objects.ts';
import type { Gvr, KObject } from './store.ts';

/** What a request does to the object. */
export type Operation = 'CREATE' | 'UPDATE' | 'DELETE';

/**
 * Takes a copy of the object and returns what shall be stored, or refuses the
 * request by throwing. `old` is the stored object, absent on creation.
 */
export type Admission = (
  gvr: Gvr,
  operation: Operation,
  object: Mutable<KObject>,
  old: KObject | undefined,
) => KObject;

/** Asks each in turn; one gets what the one before made of the object. */
export function runAdmission(
  admissions: readonly Admission[],
  operation: Operation,
  gvr: Gvr,
  object: KObject,
  old?: KObject,
): KObject {
  return admissions.reduce(
    (admitted, admit) => admit(gvr, operation, deepCopy(admitted), old),
    object,
  );
}
