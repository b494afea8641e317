/**
 * Defaults of a Service: those of the Configuration in its mode's block.
 */
import type { Mutable } from '../../../../apiserver/objects.ts';
import { setConfigurationSpecDefaults } from './configuration-defaults.ts';
import type { ServiceSpec } from './service-types.ts';

/**
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/service_defaults.go ServiceSpec.SetDefaults
 */
export function setServiceSpecDefaults(spec: Mutable<ServiceSpec>): void {
  const mode = spec.runLatest ?? spec.pinned ?? spec.release;
  if (mode === undefined) return;
  mode.configuration ??= {};
  setConfigurationSpecDefaults(mode.configuration);
}
