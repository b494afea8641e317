/**
 * The status of a Revision: whether it can serve, and whether it does.
 *
 * Three conditions add up to `Ready`. A fourth, `Active`, stands apart: a
 * Revision without pods, because nobody asks for it, is as ready as before.
 */
import type { Clock } from '../../../../sim/clock.ts';
import { sprintf } from '../../../../apiserver/sprintf.ts';
import {
  getCondition,
  newBatchConditionSet,
  newLivingConditionSet,
} from '../../duck/v1alpha1/condition-set.ts';
import type { ConditionsImpl } from '../../duck/v1alpha1/condition-set.ts';
import { isTrue } from '../../duck/v1alpha1/conditions-types.ts';
import type {
  Condition,
  KResourceStatus,
} from '../../duck/v1alpha1/conditions-types.ts';
import type { RevisionStatusFields } from './revision-types.ts';

export const revisionConditionReady = 'Ready';
export const revisionConditionBuildSucceeded = 'BuildSucceeded';
const revisionConditionResourcesAvailable = 'ResourcesAvailable';
const revisionConditionContainerHealthy = 'ContainerHealthy';
const revisionConditionActive = 'Active';

const revCondSet = newLivingConditionSet(
  revisionConditionResourcesAvailable,
  revisionConditionContainerHealthy,
  revisionConditionBuildSucceeded,
);

/** How the status of whatever builds an image is read. */
const buildCondSet = newBatchConditionSet();

/** The status of a Revision to work on. */
export class RevisionStatus {
  conditions: readonly Condition[] | undefined;
  observedGeneration: number | undefined;
  serviceName: string | undefined;
  logUrl: string | undefined;
  imageDigest: string | undefined;
  readonly #clock: Clock;

  constructor(fields: RevisionStatusFields, clock: Clock) {
    Object.assign(this, fields);
    this.#clock = clock;
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/revision_types.go RevisionStatus.GetCondition
   */
  getCondition(type: string): Condition | undefined {
    return this.#manage().getCondition(type);
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/revision_types.go RevisionStatus.InitializeConditions
   */
  initializeConditions(): void {
    this.#manage().initializeConditions();
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/revision_types.go RevisionStatus.IsReady
   */
  isReady(): boolean {
    return this.#manage().isHappy();
  }

  /**
   * Whether a request would find no pod, so that the activator has to take
   * it. Before anything is known of that, it is not required.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/revision_types.go RevisionStatus.IsActivationRequired
   */
  isActivationRequired(): boolean {
    const active = this.getCondition(revisionConditionActive);
    return active !== undefined && !isTrue(active);
  }

  /**
   * Takes over what a build says of itself. One that says nothing changes
   * nothing.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/revision_types.go RevisionStatus.PropagateBuildStatus
   */
  propagateBuildStatus(build: KResourceStatus | undefined): void {
    const succeeded = getCondition(build, buildCondSet.happy);
    if (succeeded === undefined) return;
    const { status, reason = '', message = '' } = succeeded;
    const built = revisionConditionBuildSucceeded;
    if (status === 'Unknown') {
      this.#manage().markUnknown(built, 'Building', message);
    } else if (status === 'True') {
      this.#manage().markTrue(built);
    } else if (status === 'False') {
      this.#manage().markFalse(built, reason, message);
    }
  }

  /**
   * Something was just made or changed, so that nothing is known yet.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/revision_types.go RevisionStatus.MarkDeploying
   */
  markDeploying(reason: string): void {
    const manage = this.#manage();
    manage.markUnknown(revisionConditionResourcesAvailable, reason, '');
    manage.markUnknown(revisionConditionContainerHealthy, reason, '');
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/revision_types.go RevisionStatus.MarkServiceTimeout
   */
  markServiceTimeout(): void {
    this.#markUnavailable(
      'ServiceTimeout',
      'Timed out waiting for a service endpoint to become ready',
    );
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/revision_types.go RevisionStatus.MarkProgressDeadlineExceeded
   */
  markProgressDeadlineExceeded(message: string): void {
    this.#markUnavailable('ProgressDeadlineExceeded', message);
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/revision_types.go RevisionStatus.MarkResourceNotOwned
   */
  markResourceNotOwned(kind: string, name: string): void {
    const format = 'There is an existing %s %q that we do not own.';
    this.#markUnavailable('NotOwned', sprintf(format, kind, name));
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/revision_types.go RevisionStatus.MarkResourcesAvailable
   */
  markResourcesAvailable(): void {
    this.#manage().markTrue(revisionConditionResourcesAvailable);
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/revision_types.go RevisionStatus.MarkContainerHealthy
   */
  markContainerHealthy(): void {
    this.#manage().markTrue(revisionConditionContainerHealthy);
  }

  /**
   * The container ended by itself. Its last words become the message.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/revision_types.go RevisionStatus.MarkContainerExiting
   */
  markContainerExiting(exitCode: number, message: string): void {
    this.#manage().markFalse(
      revisionConditionContainerHealthy,
      `ExitCode${exitCode}`,
      revisionContainerExitingMessage(message),
    );
  }

  /**
   * There is no image to run.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/revision_types.go RevisionStatus.MarkContainerMissing
   */
  markContainerMissing(message: string): void {
    this.#manage().markFalse(
      revisionConditionContainerHealthy,
      'ContainerMissing',
      message,
    );
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/revision_types.go RevisionStatus.MarkActive
   */
  markActive(): void {
    this.#manage().markTrue(revisionConditionActive);
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/revision_types.go RevisionStatus.MarkActivating
   */
  markActivating(reason: string, message: string): void {
    this.#manage().markUnknown(revisionConditionActive, reason, message);
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/revision_types.go RevisionStatus.MarkInactive
   */
  markInactive(reason: string, message: string): void {
    this.#manage().markFalse(revisionConditionActive, reason, message);
  }

  #markUnavailable(reason: string, message: string): void {
    const available = revisionConditionResourcesAvailable;
    this.#manage().markFalse(available, reason, message);
  }

  #manage(): ConditionsImpl {
    return revCondSet.manage(this, this.#clock);
  }
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/revision_types.go RevisionContainerExitingMessage
 */
function revisionContainerExitingMessage(message: string): string {
  return `Container failed with: ${message}`;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/revision_types.go RevisionContainerMissingMessage
 */
export function revisionContainerMissingMessage(
  image: string,
  message: string,
): string {
  return sprintf('Unable to fetch image %q: %s', image, message);
}
