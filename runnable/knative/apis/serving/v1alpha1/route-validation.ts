/**
 * Whether a Route can be carried out: shares that come to 100, each for one
 * target.
 */
import { sprintf } from '../../../../apiserver/sprintf.ts';
import { semanticDeepEqual } from '../../equality/equality.ts';
import {
  currentField,
  errMissingField,
  errMissingOneOf,
  errMultipleOneOf,
  errOutOfBoundsValue,
  newFieldError,
  noError,
} from '../../field-error.ts';
import type { FieldError } from '../../field-error.ts';
import { validateObjectMetadata } from './metadata-validation.ts';
import type { RouteObject, RouteSpec, TrafficTarget } from './route-types.ts';

/**
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/route_validation.go Route.Validate
 */
export function validateRoute(route: RouteObject): FieldError {
  return validateObjectMetadata(route.metadata)
    .viaField('metadata')
    .also(validateRouteSpec(route.spec ?? {}).viaField('spec'));
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/route_validation.go RouteSpec.Validate
 */
function validateRouteSpec(spec: RouteSpec): FieldError {
  if (semanticDeepEqual(spec, {})) return errMissingField(currentField);
  const { traffic = [] } = spec;
  const named = new Map<string, number>();
  let percentSum = 0;
  let errs = noError;
  for (const [index, target] of traffic.entries()) {
    const { name = '', percent = 0 } = target;
    errs = errs.also(
      validateTrafficTarget(target).viaFieldIndex('traffic', index),
    );
    percentSum += percent;
    if (name === '') continue;
    const first = named.get(name);
    if (first === undefined) {
      named.set(name, index);
    } else {
      errs = errs.also(
        newFieldError(sprintf('Multiple definitions for %q', name), [
          `traffic[${first}].name`,
          `traffic[${index}].name`,
        ]),
      );
    }
  }
  if (percentSum === 100) return errs;
  const message = `Traffic targets sum to ${percentSum}, want 100`;
  return errs.also(newFieldError(message, ['traffic']));
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/route_validation.go TrafficTarget.Validate
 */
function validateTrafficTarget(target: TrafficTarget): FieldError {
  const { revisionName = '', configurationName = '', percent = 0 } = target;
  const fields = ['revisionName', 'configurationName'];
  let errs = noError;
  if (revisionName !== '' && configurationName !== '') {
    errs = errMultipleOneOf(...fields);
  } else if (revisionName === '' && configurationName === '') {
    errs = errMissingOneOf(...fields);
  }
  if (percent >= 0 && percent <= 100) return errs;
  return errs.also(
    errOutOfBoundsValue(sprintf('%v', percent), '0', '100', 'percent'),
  );
}
