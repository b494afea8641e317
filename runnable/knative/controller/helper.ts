/**
 * A small help for handlers that need to know what kind of object came.
 */
import type { KObject } from '../../apiserver/store.ts';

/**
 * Calls `callback` with the object, its apiVersion and kind filled in.
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
): (object: KObject) => void {
  return (object) => {
    const isComplete = object.apiVersion === apiVersion && object.kind === kind;
    callback(isComplete ? object : { ...object, apiVersion, kind });
  };
}
