/**
 * Configuration: the latest wish for code and settings. Every change of it
 * becomes a Revision.
 */
import { deepCopy } from '../../../../apiserver/objects.ts';
import type { Mutable } from '../../../../apiserver/objects.ts';
import type { KObject } from '../../../../apiserver/store.ts';
import type { Clock } from '../../../../sim/clock.ts';
import { newLivingConditionSet } from '../../duck/v1alpha1/condition-set.ts';
import type { ConditionsImpl } from '../../duck/v1alpha1/condition-set.ts';
import type { Condition } from '../../duck/v1alpha1/conditions-types.ts';
import { setConfigurationSpecDefaults } from './configuration-defaults.ts';
import type { RevisionTemplateSpec } from './revision-types.ts';

export const configurationConditionReady = 'Ready';

/** Ready has no dependents here: it is marked itself. */
const confCondSet = newLivingConditionSet();

/**
 * The template, and what to build before it can run.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/configuration_types.go ConfigurationSpec
 */
export interface ConfigurationSpec {
  /** Counted by hand before the API server counted generations. */
  readonly generation?: number;
  /** An object of any kind that builds an image, or a legacy BuildSpec. */
  readonly build?: Readonly<Record<string, unknown>>;
  readonly revisionTemplate?: RevisionTemplateSpec;
}

/**
 * Which Revisions came of it.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/configuration_types.go ConfigurationStatus
 */
export interface ConfigurationStatusFields {
  readonly conditions?: readonly Condition[] | undefined;
  /** The newest Revision that became ready; it stays when a newer one fails. */
  readonly latestReadyRevisionName?: string | undefined;
  readonly latestCreatedRevisionName?: string | undefined;
  readonly observedGeneration?: number | undefined;
}

/**
 * A Configuration as it is stored and read.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/configuration_types.go Configuration
 */
export interface ConfigurationObject extends KObject {
  readonly spec?: ConfigurationSpec;
  readonly status?: ConfigurationStatusFields;
}

/** A Configuration to work on: a deep copy with its methods. */
export class Configuration {
  readonly apiVersion = 'serving.knative.dev/v1alpha1';
  readonly kind = 'Configuration';
  metadata: ConfigurationObject['metadata'];
  spec: Mutable<ConfigurationSpec>;
  status: ConfigurationStatus;

  constructor(original: ConfigurationObject, clock: Clock) {
    const copy = deepCopy(original);
    this.metadata = copy.metadata;
    this.spec = copy.spec ?? {};
    this.status = new ConfigurationStatus(copy.status ?? {}, clock);
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/configuration_defaults.go Configuration.SetDefaults
   */
  setDefaults(): void {
    setConfigurationSpecDefaults(this.spec);
  }
}

/** The status of a Configuration to work on. */
export class ConfigurationStatus {
  conditions: readonly Condition[] | undefined;
  latestReadyRevisionName: string | undefined;
  latestCreatedRevisionName: string | undefined;
  observedGeneration: number | undefined;
  readonly #clock: Clock;

  constructor(fields: ConfigurationStatusFields, clock: Clock) {
    Object.assign(this, fields);
    this.#clock = clock;
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/configuration_types.go ConfigurationStatus.GetCondition
   */
  getCondition(type: string): Condition | undefined {
    return this.#manage().getCondition(type);
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/configuration_types.go ConfigurationStatus.InitializeConditions
   */
  initializeConditions(): void {
    this.#manage().initializeConditions();
  }

  /**
   * Notes the newest Revision. Until it is ready, nothing is known about the
   * Configuration, whatever became of the Revision before.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/configuration_types.go ConfigurationStatus.SetLatestCreatedRevisionName
   */
  setLatestCreatedRevisionName(name: string): void {
    this.latestCreatedRevisionName = name;
    if (this.latestReadyRevisionName !== name) {
      this.#manage().markUnknown(configurationConditionReady, '', '');
    }
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/configuration_types.go ConfigurationStatus.SetLatestReadyRevisionName
   */
  setLatestReadyRevisionName(name: string): void {
    this.latestReadyRevisionName = name;
    this.#manage().markTrue(configurationConditionReady);
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/configuration_types.go ConfigurationStatus.MarkLatestCreatedFailed
   */
  markLatestCreatedFailed(name: string, message: string): void {
    this.#manage().markFalse(
      configurationConditionReady,
      'RevisionFailed',
      'Revision %q failed with message: %s.',
      name,
      message,
    );
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/configuration_types.go ConfigurationStatus.MarkRevisionCreationFailed
   */
  markRevisionCreationFailed(message: string): void {
    this.#manage().markFalse(
      configurationConditionReady,
      'RevisionFailed',
      'Revision creation failed with message: %s.',
      message,
    );
  }

  #manage(): ConditionsImpl {
    return confCondSet.manage(this, this.#clock);
  }
}
