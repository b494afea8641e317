/**
 * Why traffic cannot be sent where a Route wants it.
 *
 * A target error is news for the user and no reason to try again: the Route
 * says what it waits for, and is looked at again when that changes.
 */
import { sprintf } from '../../../../../apiserver/sprintf.ts';
import { getCondition } from '../../../../apis/duck/v1alpha1/condition-set.ts';
import { isFalse } from '../../../../apis/duck/v1alpha1/conditions-types.ts';
import { configurationConditionReady } from '../../../../apis/serving/v1alpha1/configuration-types.ts';
import type { ConfigurationObject } from '../../../../apis/serving/v1alpha1/configuration-types.ts';
import { revisionConditionReady } from '../../../../apis/serving/v1alpha1/revision-status.ts';
import type { Revision } from '../../../../apis/serving/v1alpha1/revision-types.ts';
import type { RouteStatus } from '../../../../apis/serving/v1alpha1/route-status.ts';

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/traffic/errors.go TargetError
 */
export abstract class TargetError extends Error {
  /**
   * Says in the status what is wrong with the target.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/route/traffic/errors.go TargetError.MarkBadTrafficTarget
   */
  abstract markBadTrafficTarget(rs: RouteStatus): void;

  /**
   * Whether it has failed, and is not only on its way.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/route/traffic/errors.go TargetError.IsFailure
   */
  abstract isFailure(): boolean;
}

/**
 * What a target names is not there.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/traffic/errors.go missingTargetError
 */
class MissingTargetError extends TargetError {
  readonly #kind: string;
  readonly #name: string;

  constructor(kind: string, name: string) {
    super(sprintf('%v %q referenced in traffic not found', kind, name));
    this.#kind = kind;
    this.#name = name;
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/route/traffic/errors.go missingTargetError.MarkBadTrafficTarget
   */
  markBadTrafficTarget(rs: RouteStatus): void {
    rs.markMissingTrafficTarget(this.#kind, this.#name);
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/route/traffic/errors.go missingTargetError.IsFailure
   */
  isFailure(): boolean {
    return true;
  }
}

/**
 * No Revision of a Configuration has become ready yet.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/traffic/errors.go unreadyConfigError
 */
class UnreadyConfigError extends TargetError {
  readonly #name: string;
  readonly #isFailure: boolean;

  constructor(name: string, isFailure: boolean) {
    // Quoted twice, as upstream words it.
    super(
      sprintf("Configuration '%q' not ready, isFailure=%t", name, isFailure),
    );
    this.#name = name;
    this.#isFailure = isFailure;
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/route/traffic/errors.go unreadyConfigError.MarkBadTrafficTarget
   */
  markBadTrafficTarget(rs: RouteStatus): void {
    if (this.#isFailure) rs.markConfigurationFailed(this.#name);
    else rs.markConfigurationNotReady(this.#name);
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/route/traffic/errors.go unreadyConfigError.IsFailure
   */
  isFailure(): boolean {
    return this.#isFailure;
  }
}

/**
 * A Revision is named and is not ready.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/traffic/errors.go unreadyRevisionError
 */
class UnreadyRevisionError extends TargetError {
  readonly #name: string;
  readonly #isFailure: boolean;

  constructor(name: string, isFailure: boolean) {
    super(sprintf('Revision %q not ready, isFailure=%t', name, isFailure));
    this.#name = name;
    this.#isFailure = isFailure;
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/route/traffic/errors.go unreadyRevisionError.MarkBadTrafficTarget
   */
  markBadTrafficTarget(rs: RouteStatus): void {
    if (this.#isFailure) rs.markRevisionFailed(this.#name);
    else rs.markRevisionNotReady(this.#name);
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/route/traffic/errors.go unreadyRevisionError.IsFailure
   */
  isFailure(): boolean {
    return this.#isFailure;
  }
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/traffic/errors.go errUnreadyConfiguration
 */
export function errUnreadyConfiguration(
  config: ConfigurationObject,
): TargetError {
  const ready = getCondition(config.status, configurationConditionReady);
  return new UnreadyConfigError(config.metadata.name, isFalse(ready));
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/traffic/errors.go errUnreadyRevision
 */
export function errUnreadyRevision(rev: Revision): TargetError {
  const ready = rev.status.getCondition(revisionConditionReady);
  return new UnreadyRevisionError(rev.metadata.name, isFalse(ready));
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/traffic/errors.go errMissingConfiguration
 */
export function errMissingConfiguration(name: string): TargetError {
  return new MissingTargetError('Configuration', name);
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/traffic/errors.go errMissingRevision
 */
export function errMissingRevision(name: string): TargetError {
  return new MissingTargetError('Revision', name);
}
