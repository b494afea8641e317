/**
 * Reading an object that may have arrived as its tombstone.
 */
import type { KObject } from '../../apiserver/store.ts';
import { DeletedFinalStateUnknown } from '../../client-go/tools/cache/delta-fifo.ts';

/** What a handler may be given: an object, or what is left of one. */
export type Delivered<O extends KObject = KObject> =
  O | DeletedFinalStateUnknown<O>;

/**
 * The object itself, or the last one known before it went.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/kmeta/accessor.go DeletionHandlingAccessor
 */
export function deletionHandlingAccessor(obj: Delivered): KObject {
  return obj instanceof DeletedFinalStateUnknown ? obj.obj : obj;
}
