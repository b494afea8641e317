/**
 * Conditions: how every Knative object says how it is doing.
 *
 * A condition is one named claim about an object, with a verdict, a short
 * reason for programs and a message for people. What the claims add up to is
 * the business of a condition set (`condition-set.ts`).
 */
import type { KObject } from '../../../../apiserver/store.ts';

/**
 * Upstream knows the three words `True`, `False` and `Unknown`; what is
 * stored may hold any text, and one controller tests for that.
 */
export type ConditionStatus = string;

/** `Info` marks a condition that `Ready` does not depend on; '' an error. */
export type ConditionSeverity = '' | 'Warning' | 'Info';

/**
 * One claim about an object.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/apis/duck/v1alpha1/conditions_types.go Condition
 */
export interface Condition {
  readonly type: string;
  readonly status: ConditionStatus;
  readonly severity?: ConditionSeverity;
  /** RFC 3339. Comparisons ignore it: it says when, and not what. */
  readonly lastTransitionTime?: string;
  readonly reason?: string;
  readonly message?: string;
}

/**
 * The status of any object at all, as far as it has conditions: the shape
 * that objects of unknown kinds are read by.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/apis/duck/v1alpha1/conditions_types.go KResourceStatus
 */
export interface KResourceStatus {
  readonly conditions?: readonly Condition[] | undefined;
}

/**
 * Any object that has conditions.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/apis/duck/v1alpha1/conditions_types.go KResource
 */
export interface KResource extends KObject {
  readonly status?: KResourceStatus;
}

/**
 * Whether the claim is known to hold.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/apis/duck/v1alpha1/conditions_types.go Condition.IsTrue
 */
export function isTrue(condition: Condition | undefined): boolean {
  return condition?.status === 'True';
}

/**
 * Whether the claim is known not to hold.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/apis/duck/v1alpha1/conditions_types.go Condition.IsFalse
 */
export function isFalse(condition: Condition | undefined): boolean {
  return condition?.status === 'False';
}
