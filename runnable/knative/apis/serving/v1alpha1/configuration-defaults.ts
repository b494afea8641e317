/**
 * Defaults of a Configuration: those of the Revision inside it.
 */
import type { Mutable } from '../../../../apiserver/objects.ts';
import type { ConfigurationSpec } from './configuration-types.ts';
import { setRevisionSpecDefaults } from './revision-defaults.ts';

/**
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/configuration_defaults.go ConfigurationSpec.SetDefaults
 */
export function setConfigurationSpecDefaults(
  spec: Mutable<ConfigurationSpec>,
): void {
  spec.revisionTemplate ??= {};
  spec.revisionTemplate.spec ??= {};
  setRevisionSpecDefaults(spec.revisionTemplate.spec);
}
