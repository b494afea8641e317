/**
 * Metadata of the objects behind a Revision.
 */
import type { KObject, ObjectMeta } from '../../../../../apiserver/store.ts';
import type { LabelSelector } from '../../../../apis/apps/v1/types.ts';
import {
  revisionLabelKey,
  revisionLastPinnedAnnotationKey,
  revisionUID,
} from '../../../../apis/serving/register.ts';
import { newControllerRef } from '../../../../kmeta/owner-references.ts';
import { appLabelKey } from './constants.ts';

type Texts = Readonly<Record<string, string>>;

/** Name and namespace, whose it is, and what it has of the Revision. */
export function childMeta(rev: KObject, name: string): ObjectMeta {
  const { namespace = '' } = rev.metadata;
  return {
    name,
    namespace,
    labels: makeLabels(rev),
    annotations: makeAnnotations(rev),
    ownerReferences: [newControllerRef(rev)],
  };
}

/**
 * The Revision's labels, and which Revision it is.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/resources/meta.go makeLabels
 */
export function makeLabels(rev: KObject): Texts {
  const { name, uid = '', labels = {} } = rev.metadata;
  return {
    // For tracing, unless the user calls the application by another name.
    [appLabelKey]: name,
    [revisionLabelKey]: name,
    [revisionUID]: uid,
    ...labels,
  };
}

/**
 * By its uid, so that pods of an older Revision of that name do not count.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/resources/meta.go makeSelector
 */
export function makeSelector(rev: KObject): LabelSelector {
  const { uid = '' } = rev.metadata;
  return { matchLabels: { [revisionUID]: uid } };
}

/**
 * The Revision's annotations. The one that changes all the time stays behind,
 * or the pods would be replaced whenever it does.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/resources/meta.go makeAnnotations
 */
export function makeAnnotations(rev: KObject): Texts {
  const annotations = { ...rev.metadata.annotations };
  delete annotations[revisionLastPinnedAnnotationKey];
  return annotations;
}
