/**
 * Whether a Service can be carried out: exactly one mode, and that in order.
 */
import { sprintf } from '../../../../apiserver/sprintf.ts';
import {
  errInvalidArrayValue,
  errInvalidValue,
  errMissingField,
  errMissingOneOf,
  errMultipleOneOf,
  errOutOfBoundsValue,
  noError,
} from '../../field-error.ts';
import type { FieldError } from '../../field-error.ts';
import { isDNS1035Label } from '../../names.ts';
import { validateConfigurationSpec } from './configuration-validation.ts';
import { validateObjectMetadata } from './metadata-validation.ts';
import { releaseLatestRevisionKeyword } from './service-types.ts';
import type {
  PinnedType,
  ReleaseType,
  RunLatestType,
  ServiceObject,
  ServiceSpec,
} from './service-types.ts';

/**
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/service_validation.go Service.Validate
 */
export function validateService(service: ServiceObject): FieldError {
  return validateObjectMetadata(service.metadata)
    .viaField('metadata')
    .also(validateServiceSpec(service.spec ?? {}).viaField('spec'));
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/service_validation.go ServiceSpec.Validate
 */
function validateServiceSpec(spec: ServiceSpec): FieldError {
  const { runLatest, release, manual, pinned } = spec;
  const set: string[] = [];
  let errs = noError;
  if (runLatest !== undefined) {
    set.push('runLatest');
    errs = errs.also(validateRunLatestType(runLatest).viaField('runLatest'));
  }
  if (release !== undefined) {
    set.push('release');
    errs = errs.also(validateReleaseType(release).viaField('release'));
  }
  if (manual !== undefined) set.push('manual');
  if (pinned !== undefined) {
    set.push('pinned');
    errs = errs.also(validatePinnedType(pinned).viaField('pinned'));
  }
  if (set.length > 1) return errs.also(errMultipleOneOf(...set));
  if (set.length === 1) return errs;
  return errMissingOneOf('runLatest', 'release', 'manual', 'pinned');
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/service_validation.go PinnedType.Validate
 */
function validatePinnedType(pinned: PinnedType): FieldError {
  const { revisionName = '', configuration = {} } = pinned;
  return (revisionName === '' ? errMissingField('revisionName') : noError).also(
    validateConfigurationSpec(configuration).viaField('configuration'),
  );
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/service_validation.go RunLatestType.Validate
 */
function validateRunLatestType({
  configuration = {},
}: RunLatestType): FieldError {
  return validateConfigurationSpec(configuration).viaField('configuration');
}

/**
 * One or two Revisions; only the second may have a share to be rolled out.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/service_validation.go ReleaseType.Validate
 */
function validateReleaseType(release: ReleaseType): FieldError {
  const { revisions = [], rolloutPercent = 0, configuration = {} } = release;
  const count = revisions.length;
  const percent = sprintf('%v', rolloutPercent);
  let errs = noError;
  if (count === 0) errs = errs.also(errMissingField('revisions'));
  if (count > 2) {
    errs = errs.also(errOutOfBoundsValue(`${count}`, '1', '2', 'revisions'));
  }
  for (const [index, revision] of revisions.entries()) {
    if (revision === releaseLatestRevisionKeyword) continue;
    const faults = isDNS1035Label(revision);
    if (faults.length === 0) continue;
    const value = `not a DNS 1035 label: [${faults.join(' ')}]`;
    errs = errs.also(errInvalidArrayValue(value, 'revisions', index));
  }
  if (count < 2 && rolloutPercent !== 0) {
    errs = errs.also(errInvalidValue(percent, 'rolloutPercent'));
  }
  if (rolloutPercent < 0 || rolloutPercent > 99) {
    errs = errs.also(errOutOfBoundsValue(percent, '0', '99', 'rolloutPercent'));
  }
  return errs.also(
    validateConfigurationSpec(configuration).viaField('configuration'),
  );
}
