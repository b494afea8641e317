/**
 * Labels of a Revision that an older Knative has written.
 */
import type { ObjectMeta } from '../../../../apiserver/store.ts';
import {
  configurationGenerationLabelKey,
  configurationMetadataGenerationLabelKey,
} from '../../../apis/serving/register.ts';

/**
 * The metadata with its labels put right: both labels of a generation say the
 * same, or the older one goes, and neither is an annotation.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/revision.go Reconciler.migrateConfigurationMetadata (part)
 * @returns undefined when there is nothing to put right
 */
export function migratedMetadata(metadata: ObjectMeta): ObjectMeta | undefined {
  const annotations = { ...metadata.annotations };
  const labels = { ...metadata.labels };
  const old = configurationGenerationLabelKey;
  const current = labels[configurationMetadataGenerationLabelKey];

  const isAnnotated = annotations[old] !== undefined;
  if (!isAnnotated && labels[old] === current) return undefined;
  delete annotations[old];
  if (current === undefined) delete labels[old];
  else labels[old] = current;
  return { ...metadata, annotations, labels };
}
