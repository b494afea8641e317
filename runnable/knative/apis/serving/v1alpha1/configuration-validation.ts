/**
 * Whether a Configuration can be carried out: whether its template can.
 */
import { semanticDeepEqual } from '../../equality/equality.ts';
import { currentField, errMissingField } from '../../field-error.ts';
import type { FieldError } from '../../field-error.ts';
import type {
  ConfigurationObject,
  ConfigurationSpec,
} from './configuration-types.ts';
import { validateObjectMetadata } from './metadata-validation.ts';
import { validateRevisionSpec } from './revision-validation.ts';

/**
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/configuration_validation.go Configuration.Validate
 */
export function validateConfiguration(config: ConfigurationObject): FieldError {
  return validateObjectMetadata(config.metadata)
    .viaField('metadata')
    .also(validateConfigurationSpec(config.spec ?? {}).viaField('spec'));
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/configuration_validation.go ConfigurationSpec.Validate
 * @omits a look at what `build` holds: any object will do
 */
export function validateConfigurationSpec(spec: ConfigurationSpec): FieldError {
  if (semanticDeepEqual(spec, {})) return errMissingField(currentField);
  return validateRevisionTemplateSpec(spec).viaField('revisionTemplate');
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/revision_validation.go RevisionTemplateSpec.Validate
 */
function validateRevisionTemplateSpec(spec: ConfigurationSpec): FieldError {
  return validateRevisionSpec(spec.revisionTemplate?.spec ?? {}).viaField(
    'spec',
  );
}
