/**
 * A small help for handlers that need to know what kind of object came.
 */
import type { KObject } from '../../apiserver/store.ts';
import { deletionHandlingAccessor } from '../kmeta/accessor.ts';
import type { Delivered } from '../kmeta/accessor.ts';

/**
 * Calls `callback` with the object, its apiVersion and kind filled in. Of a
 * tombstone it is the last object known.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/controller/helper.go EnsureTypeMeta
 * @differs upstream's typed caches hold objects without apiVersion and kind,
 *   so that nearly every call copies; here the object is copied only if they
 *   are missing
 */
export function ensureTypeMeta(
  callback: (object: KObject) => void,
  { apiVersion, kind }: { readonly apiVersion: string; readonly kind: string },
): (obj: Delivered) => void {
  return (obj) => {
    const object = deletionHandlingAccessor(obj);
    const isComplete = object.apiVersion === apiVersion && object.kind === kind;
    callback(isComplete ? object : { ...object, apiVersion, kind });
  };
}
