/**
 * Whether a Revision can be run, and that it is not changed afterwards.
 */
import { sprintf } from '../../../../apiserver/sprintf.ts';
import type { ObjectReference, Volume } from '../../core/v1/types.ts';
import { semanticDeepEqual } from '../../equality/equality.ts';
import {
  currentField,
  errDisallowedFields,
  errInvalidValue,
  errMissingField,
  errMissingOneOf,
  errMultipleOneOf,
  errOutOfBoundsValue,
  newFieldError,
  noError,
} from '../../field-error.ts';
import type { FieldError } from '../../field-error.ts';
import { isCIdentifier, isDNS1123Label, isQualifiedName } from '../../names.ts';
import { validateContainer } from './container-validation.ts';
import { validateObjectMetadata } from './metadata-validation.ts';
import type { RevisionObject, RevisionSpec } from './revision-types.ts';

const revisionContainerConcurrencyMax = 1000;

/** As long as an ingress waits. */
const longestTimeoutSeconds = 600;

/**
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/revision_validation.go Revision.Validate
 */
export function validateRevision(revision: RevisionObject): FieldError {
  return validateObjectMetadata(revision.metadata)
    .viaField('metadata')
    .also(validateRevisionSpec(revision.spec ?? {}).viaField('spec'));
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/revision_validation.go RevisionSpec.Validate
 */
export function validateRevisionSpec(spec: RevisionSpec): FieldError {
  if (semanticDeepEqual(spec, {})) return errMissingField(currentField);
  const { volumes = [], container = {}, buildRef, timeoutSeconds = 0 } = spec;
  const names = new Set<string>();
  let errs = noError;
  for (const [index, volume] of volumes.entries()) {
    const twice = names.has(volume.name)
      ? newFieldError(sprintf('duplicate volume name %q', volume.name), [
          'name',
        ])
      : noError;
    errs = errs.also(
      twice.also(validateVolume(volume)).viaFieldIndex('volumes', index),
    );
    names.add(volume.name);
  }
  return errs.also(
    validateContainer(container, names).viaField('container'),
    validateBuildRef(buildRef).viaField('buildRef'),
    validateConcurrency(spec),
    validateTimeoutSeconds(timeoutSeconds),
  );
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/revision_validation.go validateTimeoutSeconds
 */
function validateTimeoutSeconds(seconds: number): FieldError {
  if (seconds >= 0 && seconds <= longestTimeoutSeconds) return noError;
  return errOutOfBoundsValue(
    `${seconds}s`,
    '0s',
    `${longestTimeoutSeconds}s`,
    'timeoutSeconds',
  );
}

/**
 * The older word must be one of two, and say the same as the number.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/revision_validation.go RevisionRequestConcurrencyModelType.Validate
 */
function validateConcurrency(spec: RevisionSpec): FieldError {
  const { concurrencyModel: model = '', containerConcurrency = 0 } = spec;
  if (!['', 'Multi', 'Single'].includes(model)) {
    return errInvalidValue(model, 'concurrencyModel');
  }
  return validateContainerConcurrency(containerConcurrency, model);
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/revision_validation.go ValidateContainerConcurrency
 */
function validateContainerConcurrency(
  count: number,
  model: string,
): FieldError {
  if (count < 0 || count > revisionContainerConcurrencyMax) {
    return errInvalidValue(sprintf('%v', count), 'containerConcurrency');
  }
  const agreed = count === 0 ? 'Multi' : count === 1 ? 'Single' : '';
  if (model === '' || model === agreed) return noError;
  return errMultipleOneOf('containerConcurrency', 'concurrencyModel');
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/revision_validation.go validateVolume
 */
function validateVolume(volume: Volume): FieldError {
  const { name, secret, configMap } = volume;
  let errs = noError;
  if (name === '') errs = errMissingField('name');
  else if (!isDNS1123Label(name)) errs = errInvalidValue(name, 'name');
  if (secret !== undefined || configMap !== undefined) return errs;
  return errs.also(errMissingOneOf('secret', 'configMap'));
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/revision_validation.go validateBuildRef
 */
function validateBuildRef(buildRef: ObjectReference | undefined): FieldError {
  if (buildRef === undefined) return noError;
  const { apiVersion = '', kind = '', name = '', namespace } = buildRef;
  if (!isQualifiedName(apiVersion)) {
    return errInvalidValue(apiVersion, 'apiVersion');
  }
  if (!isCIdentifier(kind)) return errInvalidValue(kind, 'kind');
  if (!isDNS1123Label(name)) return errInvalidValue(name, 'name');
  return (namespace ?? '') === '' ? noError : errDisallowedFields('namespace');
}

/**
 * A Revision is a snapshot: its spec is what it was when it was made.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/revision_validation.go Revision.CheckImmutableFields
 * @differs the fields that changed are named as JSON has them, where upstream
 *   prints the difference of two Go values
 */
export function checkImmutableFields(
  current: RevisionObject,
  original: RevisionObject,
): FieldError {
  const before = asRecord(original.spec);
  const after = asRecord(current.spec);
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = fields.filter(
    (field) =>
      !semanticDeepEqual({ [field]: before[field] }, { [field]: after[field] }),
  );
  if (changed.length === 0) return noError;
  const details = changed.flatMap((field) => [
    `spec.${field}:`,
    `\t-: ${JSON.stringify(before[field])}`,
    `\t+: ${JSON.stringify(after[field])}`,
  ]);
  const message = 'Immutable fields changed (-old +new)';
  return newFieldError(message, ['spec'], details.join('\n'));
}

function asRecord(spec: RevisionSpec | undefined): Record<string, unknown> {
  return { ...spec };
}
