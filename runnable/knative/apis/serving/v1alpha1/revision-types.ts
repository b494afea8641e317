/**
 * Revision: a snapshot of code and configuration, never changed once made.
 *
 * Its spec is also the template inside Configurations and Services.
 */
import type { KObject, ObjectMeta } from '../../../../apiserver/store.ts';
import type {
  Container,
  ObjectReference,
  Volume,
} from '../../core/v1/types.ts';
import type { Condition } from '../../duck/v1alpha1/conditions-types.ts';

export const revisionConditionReady = 'Ready';

/**
 * What to run and how.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/revision_types.go RevisionSpec
 */
export interface RevisionSpec {
  /** Counted by hand before the API server counted generations. */
  readonly generation?: number;
  readonly servingState?: string;
  /** The older word for `containerConcurrency`. */
  readonly concurrencyModel?: 'Single' | 'Multi' | '';
  /** How many requests a pod takes at a time; 0 for any number. */
  readonly containerConcurrency?: number;
  readonly serviceAccountName?: string;
  readonly buildName?: string;
  readonly buildRef?: ObjectReference;
  readonly container?: Container;
  readonly volumes?: readonly Volume[];
  /** How long one request may take. */
  readonly timeoutSeconds?: number;
}

/**
 * What a Configuration makes its Revisions from.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/revision_types.go RevisionTemplateSpec
 */
export interface RevisionTemplateSpec {
  readonly metadata?: Partial<ObjectMeta>;
  readonly spec?: RevisionSpec;
}

/**
 * What the revision controller found out.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/revision_types.go RevisionStatus
 */
export interface RevisionStatusFields {
  readonly conditions?: readonly Condition[] | undefined;
  readonly observedGeneration?: number | undefined;
  /** The k8s Service that balances over its pods. */
  readonly serviceName?: string | undefined;
  readonly logUrl?: string | undefined;
  /** The image with its tag resolved. */
  readonly imageDigest?: string | undefined;
}

/**
 * A Revision as it is stored and read.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/revision_types.go Revision
 */
export interface RevisionObject extends KObject {
  readonly spec?: RevisionSpec;
  readonly status?: RevisionStatusFields;
}
