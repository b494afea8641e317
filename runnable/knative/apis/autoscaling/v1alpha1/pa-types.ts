/**
 * PodAutoscaler: what shall be scaled, and whether it takes part in traffic.
 *
 * The revision controller makes one for each Revision and reads back whether
 * it is active; the autoscaler decides that, and how many pods there shall be.
 */
import { deepCopy } from '../../../../apiserver/objects.ts';
import type { Mutable } from '../../../../apiserver/objects.ts';
import type { KObject } from '../../../../apiserver/store.ts';
import { parseTime } from '../../../../apiserver/time.ts';
import type { Clock, Milliseconds } from '../../../../sim/clock.ts';
import { newLivingConditionSet } from '../../duck/v1alpha1/condition-set.ts';
import type { ConditionsImpl } from '../../duck/v1alpha1/condition-set.ts';
import type { Condition } from '../../duck/v1alpha1/conditions-types.ts';
import { setPodAutoscalerDefaults } from './pa-defaults.ts';

export const podAutoscalerConditionReady = 'Ready';
export const podAutoscalerConditionActive = 'Active';

/** Ready says what Active says: there is nothing else it depends on. */
const podCondSet = newLivingConditionSet(podAutoscalerConditionActive);

/** The object whose number of replicas is written. */
export interface CrossVersionObjectReference {
  readonly kind: string;
  readonly name: string;
  readonly apiVersion?: string;
}

/**
 * What to scale, and where its ready pods are counted.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/autoscaling/v1alpha1/pa_types.go PodAutoscalerSpec
 */
export interface PodAutoscalerSpec {
  /** Counted by hand before the API server counted generations. */
  readonly generation?: number;
  /** The older word for `containerConcurrency`. */
  readonly concurrencyModel?: 'Single' | 'Multi' | '';
  /** How many requests a pod takes at a time; 0 for any number. */
  readonly containerConcurrency?: number;
  readonly scaleTargetRef?: CrossVersionObjectReference;
  /** The k8s Service whose Endpoints name the ready pods. */
  readonly serviceName?: string;
}

/**
 * Whether the target takes part in traffic.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/autoscaling/v1alpha1/pa_types.go PodAutoscalerStatus
 */
export interface PodAutoscalerStatusFields {
  readonly conditions?: readonly Condition[] | undefined;
  readonly observedGeneration?: number | undefined;
}

/**
 * A PodAutoscaler as it is stored and read.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/autoscaling/v1alpha1/pa_types.go PodAutoscaler
 */
export interface PodAutoscalerObject extends KObject {
  readonly spec?: PodAutoscalerSpec;
  readonly status?: PodAutoscalerStatusFields;
}

/** A PodAutoscaler to work on: a deep copy with its methods. */
export class PodAutoscaler {
  readonly apiVersion = 'autoscaling.internal.knative.dev/v1alpha1';
  readonly kind = 'PodAutoscaler';
  metadata: PodAutoscalerObject['metadata'];
  spec: Mutable<PodAutoscalerSpec>;
  status: PodAutoscalerStatus;

  constructor(original: PodAutoscalerObject, clock: Clock) {
    const copy = deepCopy(original);
    this.metadata = copy.metadata;
    this.spec = copy.spec ?? {};
    this.status = new PodAutoscalerStatus(copy.status ?? {}, clock);
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/autoscaling/v1alpha1/pa_defaults.go PodAutoscaler.SetDefaults
   */
  setDefaults(): void {
    setPodAutoscalerDefaults(this);
  }
}

/** The status of a PodAutoscaler to work on. */
export class PodAutoscalerStatus {
  conditions: readonly Condition[] | undefined;
  observedGeneration: number | undefined;
  readonly #clock: Clock;

  constructor(fields: PodAutoscalerStatusFields, clock: Clock) {
    Object.assign(this, fields);
    this.#clock = clock;
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/autoscaling/v1alpha1/pa_types.go PodAutoscalerStatus.GetCondition
   */
  getCondition(type: string): Condition | undefined {
    return this.#manage().getCondition(type);
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/autoscaling/v1alpha1/pa_types.go PodAutoscalerStatus.InitializeConditions
   */
  initializeConditions(): void {
    this.#manage().initializeConditions();
  }

  /**
   * Whether pods are wanted and none is ready, as far as was written down.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/apis/autoscaling/v1alpha1/pa_types.go PodAutoscalerStatus.IsActivating
   */
  isActivating(): boolean {
    return this.#active()?.status === 'Unknown';
  }

  /**
   * Whether pods are ready to answer, as far as was written down.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/apis/autoscaling/v1alpha1/pa_types.go PodAutoscalerStatus.IsReady
   * @differs upstream asks the condition Ready, which mirrors this one
   */
  isReady(): boolean {
    return this.#active()?.status === 'True';
  }

  /**
   * Whether it has been inactive for longer than the grace period, so that
   * nobody sends requests to its pods any more.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/apis/autoscaling/v1alpha1/pa_types.go PodAutoscalerStatus.CanScaleToZero
   */
  canScaleToZero(gracePeriod: Milliseconds): boolean {
    return this.#hasBeen('False', gracePeriod);
  }

  /**
   * Whether it has been active for longer than this, so that what was measured
   * covers the whole time.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/apis/autoscaling/v1alpha1/pa_types.go PodAutoscalerStatus.CanMarkInactive
   */
  canMarkInactive(idlePeriod: Milliseconds): boolean {
    return this.#hasBeen('True', idlePeriod);
  }

  /**
   * Pods are ready to answer.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/apis/autoscaling/v1alpha1/pa_types.go PodAutoscalerStatus.MarkActive
   */
  markActive(): void {
    this.#manage().markTrue(podAutoscalerConditionActive);
  }

  /**
   * Pods are wanted, and none is ready.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/apis/autoscaling/v1alpha1/pa_types.go PodAutoscalerStatus.MarkActivating
   */
  markActivating(reason: string, message: string): void {
    this.#manage().markUnknown(podAutoscalerConditionActive, reason, message);
  }

  /**
   * No pods are wanted.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/apis/autoscaling/v1alpha1/pa_types.go PodAutoscalerStatus.MarkInactive
   */
  markInactive(reason: string, message: string): void {
    this.#manage().markFalse(podAutoscalerConditionActive, reason, message);
  }

  /** Whether Active has said this for longer than `period`. */
  #hasBeen(status: Condition['status'], period: Milliseconds): boolean {
    const active = this.#active();
    if (active?.status !== status) return false;
    const { lastTransitionTime: since } = active;
    const from = since === undefined ? 0 : parseTime(since);
    return this.#clock.now() > from + period;
  }

  #active(): Condition | undefined {
    return this.getCondition(podAutoscalerConditionActive);
  }

  #manage(): ConditionsImpl {
    return podCondSet.manage(this, this.#clock);
  }
}
