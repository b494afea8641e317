/**
 * Filters for handlers: which objects concern a controller at all.
 */
import { DeletedFinalStateUnknown } from '../../client-go/tools/cache/delta-fifo.ts';
import type { Delivered } from '../kmeta/accessor.ts';

/**
 * Lets objects pass whose annotation has one value; with `allowUnset` also
 * those without the annotation. A tombstone does not pass.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/filter.go AnnotationFilterFunc
 */
export function annotationFilterFunc(
  key: string,
  value: string,
  allowUnset: boolean,
): (obj: Delivered) => boolean {
  return (obj) => {
    if (obj instanceof DeletedFinalStateUnknown) return false;
    const found = obj.metadata.annotations?.[key];
    return found === undefined ? allowUnset : found === value;
  };
}

/**
 * Lets objects pass that carry a label, whatever it says. A tombstone does not
 * pass.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/filter.go LabelExistsFilterFunc
 */
export function labelExistsFilterFunc(
  label: string,
): (obj: Delivered) => boolean {
  return (obj) =>
    !(obj instanceof DeletedFinalStateUnknown) &&
    obj.metadata.labels?.[label] !== undefined;
}
