/**
 * The Configuration that a Service wants to exist.
 */
import { deepCopy } from '../../../../../apiserver/objects.ts';
import type { Mutable } from '../../../../../apiserver/objects.ts';
import type {
  ConfigurationObject,
  ConfigurationSpec,
} from '../../../../apis/serving/v1alpha1/configuration-types.ts';
import type {
  ServiceObject,
  ServiceSpec,
} from '../../../../apis/serving/v1alpha1/service-types.ts';
import { newControllerRef } from '../../../../kmeta/owner-references.ts';
import { makeLabels } from './labels.ts';
import * as names from './names/names.ts';

/**
 * Builds the Configuration from the block of the Service's mode, word for
 * word.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/service/resources/configuration.go MakeConfiguration
 * @throws {Error} when the Service has no mode that keeps a Configuration
 */
export function makeConfiguration(
  service: ServiceObject,
): Mutable<ConfigurationObject> {
  const spec = configurationOf(service.spec ?? {});
  if (spec === undefined) {
    throw new Error(
      'malformed Service: MakeConfiguration requires one of runLatest, pinned, or release must be present',
    );
  }
  return {
    apiVersion: 'serving.knative.dev/v1alpha1',
    kind: 'Configuration',
    metadata: {
      name: names.configuration(service),
      namespace: service.metadata.namespace ?? '',
      ownerReferences: [newControllerRef(service)],
      labels: makeLabels(service),
    },
    spec: deepCopy(spec),
  };
}

/** `runLatest` is asked first, then `pinned`, then `release`. */
function configurationOf(spec: ServiceSpec): ConfigurationSpec | undefined {
  const mode = spec.runLatest ?? spec.pinned ?? spec.release;
  return mode && (mode.configuration ?? {});
}
