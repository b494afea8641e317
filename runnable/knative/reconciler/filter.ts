/**
 * Filters for event handlers: which objects a controller wants to hear of.
 */
import type { KObject } from '../../apiserver/store.ts';

/**
 * Objects whose annotation has a value; without it, if `allowUnset`.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/filter.go AnnotationFilterFunc
 */
export function annotationFilterFunc(
  key: string,
  value: string,
  allowUnset: boolean,
): (object: KObject) => boolean {
  return (object) => {
    const annotation = object.metadata.annotations?.[key];
    return annotation === undefined ? allowUnset : annotation === value;
  };
}

/**
 * Objects that have a label, whatever it says.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/filter.go LabelExistsFilterFunc
 */
export function labelExistsFilterFunc(
  label: string,
): (object: KObject) => boolean {
  return (object) => label in (object.metadata.labels ?? {});
}
