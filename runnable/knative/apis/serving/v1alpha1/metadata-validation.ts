/**
 * Which names and annotations Serving's objects may have.
 */
import type { ObjectMeta } from '../../../../apiserver/store.ts';
import { newFieldError, noError } from '../../field-error.ts';
import type { FieldError } from '../../field-error.ts';
import { isDNS1035Label } from '../../names.ts';

const minScaleAnnotationKey = 'autoscaling.knative.dev/minScale';
const maxScaleAnnotationKey = 'autoscaling.knative.dev/maxScale';

/**
 * A name becomes the beginning of a domain, so it must be a label of one.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/metadata_validation.go ValidateObjectMetadata
 */
export function validateObjectMetadata(meta: Partial<ObjectMeta>): FieldError {
  const { name = '', generateName = '', annotations = {} } = meta;
  const prefix = isDNS1035Label(maskTrailingDash(generateName));
  if (generateName !== '' && prefix.length > 0) {
    const message = `not a DNS 1035 label prefix: [${prefix.join(' ')}]`;
    return newFieldError(message, ['generateName']);
  }
  const whole = isDNS1035Label(name);
  if (name !== '' && whole.length > 0) {
    const message = `not a DNS 1035 label: [${whole.join(' ')}]`;
    return newFieldError(message, ['name']);
  }
  if (generateName === '' && name === '') {
    return newFieldError('name or generateName is required', ['name']);
  }
  return validateScaleBoundsAnnotations(annotations).viaField('annotations');
}

/** What is generated continues after the dash. */
function maskTrailingDash(name: string): string {
  return name.endsWith('-') ? `${name.slice(0, -2)}a` : name;
}

/**
 * A whole number above 0; 0 when there is no such annotation.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/metadata_validation.go getIntGT0
 */
function getIntGT0(
  annotations: Readonly<Record<string, string>>,
  key: string,
): number | FieldError {
  const text = annotations[key];
  if (text === undefined) return 0;
  const value = /^[-+]?\d+$/.test(text) ? Number(text) : 0;
  if (value >= 1 && value <= 2_147_483_647) return value;
  return newFieldError(
    `Invalid ${key} annotation value: must be an integer greater than 0`,
    [key],
  );
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/metadata_validation.go validateScaleBoundsAnnotations
 */
function validateScaleBoundsAnnotations(
  annotations: Readonly<Record<string, string>>,
): FieldError {
  const min = getIntGT0(annotations, minScaleAnnotationKey);
  if (typeof min !== 'number') return min;
  const max = getIntGT0(annotations, maxScaleAnnotationKey);
  if (typeof max !== 'number') return max;
  if (max === 0 || max >= min) return noError;
  return newFieldError(
    `${maxScaleAnnotationKey}=${max} is less than ${minScaleAnnotationKey}=${min}`,
    [maxScaleAnnotationKey, minScaleAnnotationKey],
  );
}
