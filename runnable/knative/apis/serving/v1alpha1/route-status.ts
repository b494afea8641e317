/**
 * The status of a Route: where it is reached, who gets its traffic, and what
 * keeps it from being ready.
 */
import type { Clock } from '../../../../sim/clock.ts';
import type { Addressable } from '../../duck/v1alpha1/addressable-types.ts';
import {
  getCondition,
  newLivingConditionSet,
} from '../../duck/v1alpha1/condition-set.ts';
import type { ConditionsImpl } from '../../duck/v1alpha1/condition-set.ts';
import type { Condition } from '../../duck/v1alpha1/conditions-types.ts';
import { clusterIngressConditionReady } from '../../networking/v1alpha1/clusteringress-status.ts';
import type { IngressStatusFields } from '../../networking/v1alpha1/clusteringress-types.ts';
import type { RouteStatusFields, TrafficTarget } from './route-types.ts';

export const routeConditionReady = 'Ready';
export const routeConditionAllTrafficAssigned = 'AllTrafficAssigned';
export const routeConditionIngressReady = 'IngressReady';

const routeCondSet = newLivingConditionSet(
  routeConditionAllTrafficAssigned,
  routeConditionIngressReady,
);

/** The status of a Route to work on. */
export class RouteStatus {
  conditions: readonly Condition[] | undefined;
  domain: string | undefined;
  domainInternal: string | undefined;
  address: Addressable | undefined;
  traffic: readonly TrafficTarget[] | undefined;
  observedGeneration: number | undefined;
  readonly #clock: Clock;

  constructor(fields: RouteStatusFields, clock: Clock) {
    Object.assign(this, fields);
    this.#clock = clock;
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/route_types.go RouteStatus.InitializeConditions
   */
  initializeConditions(): void {
    this.#manage().initializeConditions();
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/route_types.go RouteStatus.MarkServiceNotOwned
   * @story The Route cannot become ready: a Kubernetes Service {name} exists,
   *   and another object or nobody controls it.
   */
  markServiceNotOwned(name: string): void {
    this.#manage().markFalse(
      routeConditionIngressReady,
      'NotOwned',
      'There is an existing placeholder Service %q that we do not own.',
      name,
    );
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/route_types.go RouteStatus.MarkTrafficAssigned
   * @story Every target leads to a Revision that can serve, so the traffic is
   *   assigned.
   */
  markTrafficAssigned(): void {
    this.#manage().markTrue(routeConditionAllTrafficAssigned);
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/route_types.go RouteStatus.MarkConfigurationNotReady
   * @story Configuration {name} has no ready Revision yet. The Route says that it
   *   waits, and nothing is built.
   */
  markConfigurationNotReady(name: string): void {
    this.#manage().markUnknown(
      routeConditionAllTrafficAssigned,
      'RevisionMissing',
      'Configuration %q is waiting for a Revision to become ready.',
      name,
    );
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/route_types.go RouteStatus.MarkConfigurationFailed
   * @story Configuration {name} has no ready Revision and has failed, and so has
   *   the Route; nothing is built.
   */
  markConfigurationFailed(name: string): void {
    this.#manage().markFalse(
      routeConditionAllTrafficAssigned,
      'RevisionMissing',
      'Configuration %q does not have any ready Revision.',
      name,
    );
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/route_types.go RouteStatus.MarkRevisionNotReady
   * @story Revision {name} is not ready yet. The Route says that it waits, and
   *   nothing is built.
   */
  markRevisionNotReady(name: string): void {
    this.#manage().markUnknown(
      routeConditionAllTrafficAssigned,
      'RevisionMissing',
      'Revision %q is not yet ready.',
      name,
    );
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/route_types.go RouteStatus.MarkRevisionFailed
   * @story Revision {name} has failed, and so has the Route; nothing is built.
   */
  markRevisionFailed(name: string): void {
    this.#manage().markFalse(
      routeConditionAllTrafficAssigned,
      'RevisionMissing',
      'Revision %q failed to become ready.',
      name,
    );
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/route_types.go RouteStatus.MarkMissingTrafficTarget
   * @story No {kind} {name} is in the cache, so the Route has failed, and nothing
   *   is built.
   */
  markMissingTrafficTarget(kind: string, name: string): void {
    this.#manage().markFalse(
      routeConditionAllTrafficAssigned,
      `${kind}Missing`,
      '%s %q referenced in traffic not found.',
      kind,
      name,
    );
  }

  /**
   * Turns the ClusterIngress's `Ready` into `IngressReady`. Its message serves
   * as a format on the way, so a percent sign in it comes out damaged, as
   * upstream.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/route_types.go RouteStatus.PropagateClusterIngressStatus
   * @story when !cc: The ClusterIngress has no `Ready` condition yet, so
   *   `IngressReady` stays what it was.
   * @story when cc.status == 'True': The ClusterIngress is Ready, and so
   *   `IngressReady` is True.
   * @story when cc.status == 'False': The ClusterIngress has failed, and the
   *   Route says so in `IngressReady` and `Ready`.
   * @story when cc.status == 'Unknown': `IngressReady` becomes Unknown, because
   *   the ClusterIngress has not settled yet.
   */
  propagateClusterIngressStatus(cs: IngressStatusFields): void {
    const cc = getCondition(cs, clusterIngressConditionReady);
    if (cc === undefined) return;
    const { status, reason = '', message = '' } = cc;
    const type = routeConditionIngressReady;
    const conditions = this.#manage();
    if (status === 'Unknown') conditions.markUnknown(type, reason, message);
    if (status === 'True') conditions.markTrue(type);
    if (status === 'False') conditions.markFalse(type, reason, message);
  }

  #manage(): ConditionsImpl {
    return routeCondSet.manage(this, this.#clock);
  }
}
