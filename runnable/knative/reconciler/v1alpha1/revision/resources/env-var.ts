/**
 * Variables in the environment of a container.
 */
import type { KObject } from '../../../../../apiserver/store.ts';
import type { EnvVar } from '../../../../apis/core/v1/types.ts';
import {
  configurationLabelKey,
  serviceLabelKey,
} from '../../../../apis/serving/register.ts';
import { getControllerOf } from '../../../../kmeta/owner-references.ts';

/** A variable as the API writes it: an empty value is left out. */
export function envVar(name: string, value: string): EnvVar {
  return value === '' ? { name } : { name, value };
}

/** A variable that holds the name of the pod it is read in. */
export function podNameVar(name: string): EnvVar {
  return { name, valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } };
}

/**
 * What the user's code can learn of what it is part of.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/resources/env_var.go getKnativeEnvVar
 */
export function getKnativeEnvVar(rev: KObject): readonly EnvVar[] {
  const { name, labels = {} } = rev.metadata;
  return [
    envVar('K_REVISION', name),
    envVar('K_CONFIGURATION', labels[configurationLabelKey] ?? ''),
    envVar('K_SERVICE', labels[serviceLabelKey] ?? ''),
  ];
}

/**
 * The Configuration that made the Revision; '' where something else did.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/resources/queue.go makeQueueContainer (part)
 */
export function configurationOf(rev: KObject): string {
  const owner = getControllerOf(rev);
  return owner?.kind === 'Configuration' ? owner.name : '';
}
