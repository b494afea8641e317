/**
 * Condition sets: how single conditions add up to `Ready`.
 *
 * A set names one happy condition and the dependents behind it. Reconcilers
 * mark dependents; the happy one follows, with habits worth knowing:
 * turning one dependent True does not clear the failure another left in the
 * happy condition, and a condition outside the set never touches it.
 */
import { formatTime } from '../../../../apiserver/time.ts';
import type { Clock } from '../../../../sim/clock.ts';
import { sortBy } from '../../../../sim/sort-by.ts';
import { sprintf } from '../../../../apiserver/sprintf.ts';

import { isFalse, isTrue } from './conditions-types.ts';
import type { Condition } from './conditions-types.ts';

/** The happy condition of a set that describes something long-lived. */
export const conditionReady = 'Ready';

/** The happy condition of a set that describes something that ends. */
const conditionSucceeded = 'Succeeded';

/** What has conditions: the status of any Knative object. */
export interface ConditionsAccessor {
  conditions?: readonly Condition[] | undefined;
}

/**
 * Names the happy condition of a set and what it depends on.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/apis/duck/v1alpha1/condition_set.go ConditionSet
 */
export class ConditionSet {
  readonly happy: string;
  /** In the order of declaration, which decides who is asked first. */
  readonly dependents: readonly string[];

  constructor(happy: string, dependents: readonly string[]) {
    this.happy = happy;
    this.dependents = dependents.filter((type) => type !== happy);
  }

  /**
   * Binds the set to one status, in order to read and mark it.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/github.com/knative/pkg/apis/duck/v1alpha1/condition_set.go ConditionSet.Manage
   */
  manage(status: ConditionsAccessor, clock: Clock): ConditionsImpl {
    return new ConditionsImpl(this, status, clock);
  }
}

/**
 * A set whose happy condition is `Ready`.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/apis/duck/v1alpha1/condition_set.go NewLivingConditionSet
 */
export function newLivingConditionSet(
  ...dependents: readonly string[]
): ConditionSet {
  return new ConditionSet(conditionReady, dependents);
}

/**
 * A set whose happy condition is `Succeeded`.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/apis/duck/v1alpha1/condition_set.go NewBatchConditionSet
 */
export function newBatchConditionSet(
  ...dependents: readonly string[]
): ConditionSet {
  return new ConditionSet(conditionSucceeded, dependents);
}

/**
 * Finds a condition in a status, which may be one that is only read.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/apis/duck/v1alpha1/condition_set.go conditionsImpl.GetCondition
 */
export function getCondition(
  status:
    { readonly conditions?: readonly Condition[] | undefined } | undefined,
  type: string,
): Condition | undefined {
  return status?.conditions?.find((condition) => condition.type === type);
}

/**
 * Reads and marks the conditions of one status.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/apis/duck/v1alpha1/condition_set.go conditionsImpl
 */
export class ConditionsImpl {
  readonly #set: ConditionSet;
  readonly #status: ConditionsAccessor;
  readonly #clock: Clock;

  constructor(set: ConditionSet, status: ConditionsAccessor, clock: Clock) {
    this.#set = set;
    this.#status = status;
    this.#clock = clock;
  }

  /**
   * Whether the happy condition is True.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/github.com/knative/pkg/apis/duck/v1alpha1/condition_set.go conditionsImpl.IsHappy
   */
  isHappy(): boolean {
    return isTrue(this.getCondition(this.#set.happy));
  }

  /**
   * @upstream knative/serving v0.4.1
   *   vendor/github.com/knative/pkg/apis/duck/v1alpha1/condition_set.go conditionsImpl.GetCondition
   */
  getCondition(type: string): Condition | undefined {
    return getCondition(this.#status, type);
  }

  /**
   * Puts a condition in its place, stamped with the present time. One that
   * says nothing new keeps its old time. The list stays sorted by type.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/github.com/knative/pkg/apis/duck/v1alpha1/condition_set.go conditionsImpl.SetCondition
   */
  setCondition(condition: Condition): void {
    const others: Condition[] = [];
    for (const old of this.#status.conditions ?? []) {
      if (old.type !== condition.type) others.push(old);
      else if (saysTheSame(old, condition)) return;
    }
    const stamped: Condition = {
      ...condition,
      lastTransitionTime: formatTime(this.#clock.now()),
    };
    this.#status.conditions = sortBy([...others, stamped], ({ type }) => type);
  }

  /**
   * Marks a condition True, and the happy one too if every dependent is True.
   * A happy condition that is False stays so until then, with its old reason.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/github.com/knative/pkg/apis/duck/v1alpha1/condition_set.go conditionsImpl.MarkTrue
   */
  markTrue(type: string): void {
    this.setCondition(this.#condition(type, 'True'));
    for (const dependent of this.#set.dependents) {
      if (!isTrue(this.getCondition(dependent))) return;
    }
    this.setCondition(this.#condition(this.#set.happy, 'True'));
  }

  /**
   * Marks a condition Unknown. The happy one becomes Unknown with it, unless
   * a dependent has failed: failure outweighs ignorance.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/github.com/knative/pkg/apis/duck/v1alpha1/condition_set.go conditionsImpl.MarkUnknown
   */
  markUnknown(
    type: string,
    reason: string,
    format: string,
    ...args: readonly unknown[]
  ): void {
    const { happy, dependents } = this.#set;
    const message = sprintf(format, ...args);
    this.setCondition(this.#condition(type, 'Unknown', reason, message));
    for (const dependent of dependents) {
      if (!isFalse(this.getCondition(dependent))) continue;
      if (!isFalse(this.getCondition(happy))) {
        this.markFalse(happy, reason, format, ...args);
      }
      return;
    }
    if (dependents.includes(type)) {
      this.setCondition(this.#condition(happy, 'Unknown', reason, message));
    }
  }

  /**
   * Marks a condition False, and the happy one with it if it depends on it.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/github.com/knative/pkg/apis/duck/v1alpha1/condition_set.go conditionsImpl.MarkFalse
   */
  markFalse(
    type: string,
    reason: string,
    format: string,
    ...args: readonly unknown[]
  ): void {
    const { happy, dependents } = this.#set;
    const message = sprintf(format, ...args);
    this.setCondition(this.#condition(type, 'False', reason, message));
    if (dependents.includes(type)) {
      this.setCondition(this.#condition(happy, 'False', reason, message));
    }
  }

  /**
   * Adds every condition of the set that is missing, as Unknown.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/github.com/knative/pkg/apis/duck/v1alpha1/condition_set.go conditionsImpl.InitializeConditions
   */
  initializeConditions(): void {
    for (const type of [...this.#set.dependents, this.#set.happy]) {
      this.initializeCondition(type);
    }
  }

  /**
   * @upstream knative/serving v0.4.1
   *   vendor/github.com/knative/pkg/apis/duck/v1alpha1/condition_set.go conditionsImpl.InitializeCondition
   */
  initializeCondition(type: string): void {
    if (this.getCondition(type) !== undefined) return;
    this.setCondition(this.#condition(type, 'Unknown'));
  }

  #condition(
    type: string,
    status: 'True' | 'False' | 'Unknown',
    reason = '',
    message = '',
  ): Condition {
    const { happy, dependents } = this.#set;
    const counts = type === happy || dependents.includes(type);
    return {
      type,
      status,
      ...(counts ? {} : { severity: 'Info' as const }),
      ...(reason === '' ? {} : { reason }),
      ...(message === '' ? {} : { message }),
    };
  }
}

/** Whether two conditions differ in nothing but the time. */
function saysTheSame(a: Condition, b: Condition): boolean {
  return (
    a.status === b.status &&
    (a.severity ?? '') === (b.severity ?? '') &&
    (a.reason ?? '') === (b.reason ?? '') &&
    (a.message ?? '') === (b.message ?? '')
  );
}
