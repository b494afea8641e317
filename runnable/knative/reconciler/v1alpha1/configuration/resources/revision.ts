/**
 * The Revision that a Configuration wants to exist for its generation.
 */
import { deepCopy } from '../../../../../apiserver/objects.ts';
import type { Mutable } from '../../../../../apiserver/objects.ts';
import type { ObjectReference } from '../../../../apis/core/v1/types.ts';
import {
  configurationGenerationLabelKey,
  configurationLabelKey,
  configurationMetadataGenerationLabelKey,
  serviceLabelKey,
} from '../../../../apis/serving/register.ts';
import type { ConfigurationObject } from '../../../../apis/serving/v1alpha1/configuration-types.ts';
import type { RevisionObject } from '../../../../apis/serving/v1alpha1/revision-types.ts';
import { newControllerRef } from '../../../../kmeta/owner-references.ts';

/**
 * Copies the template, and says on the copy which Configuration and which
 * generation it was made for.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/configuration/resources/revision.go MakeRevision
 */
export function makeRevision(
  config: ConfigurationObject,
  buildRef?: ObjectReference,
): RevisionObject {
  const { metadata = {}, spec = {} } = deepCopy(
    config.spec?.revisionTemplate ?? {},
  );
  const { name, namespace = '' } = config.metadata;
  const rev: Mutable<RevisionObject> = {
    apiVersion: 'serving.knative.dev/v1alpha1',
    kind: 'Revision',
    metadata: {
      ...metadata,
      // The API server makes a name of this by adding to it.
      name: metadata.name ?? '',
      generateName: `${name}-`,
      namespace,
      annotations: metadata.annotations ?? {},
      ownerReferences: [
        ...(metadata.ownerReferences ?? []),
        newControllerRef(config),
      ],
    },
    spec,
  };
  updateRevisionLabels(rev, config);
  if (buildRef !== undefined) rev.spec = { ...spec, buildRef };
  return rev;
}

/**
 * Writes the labels by which a Revision is found again.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/configuration/resources/revision.go UpdateRevisionLabels
 */
export function updateRevisionLabels(
  rev: Mutable<RevisionObject>,
  config: ConfigurationObject,
): void {
  const labels = rev.metadata.labels ?? {};
  for (const key of [
    configurationLabelKey,
    serviceLabelKey,
    configurationGenerationLabelKey,
    configurationMetadataGenerationLabelKey,
  ]) {
    labels[key] = revisionLabelValueForKey(key, config);
  }
  rev.metadata.labels = labels;
}

/**
 * What a label of a Revision has to say. A Configuration that no Service made
 * gives an empty name of a Service.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/configuration/resources/revision.go RevisionLabelValueForKey
 */
export function revisionLabelValueForKey(
  key: string,
  config: ConfigurationObject,
): string {
  const { name, labels = {}, generation = 0 } = config.metadata;
  switch (key) {
    case configurationLabelKey:
      return name;
    case serviceLabelKey:
      return labels[serviceLabelKey] ?? '';
    case configurationGenerationLabelKey:
    case configurationMetadataGenerationLabelKey:
      return String(generation);
    default:
      throw new RangeError(`Cannot tell a Revision's label "${key}"`);
  }
}
