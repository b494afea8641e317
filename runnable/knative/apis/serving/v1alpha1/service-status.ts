/**
 * The status of a Service: what a reader of `kubectl get ksvc` sees.
 *
 * Two conditions repeat what Configuration and Route say of themselves; the
 * third, `Ready`, is what they add up to.
 */
import type { Clock } from '../../../../sim/clock.ts';
import { sprintf } from '../../../../apiserver/sprintf.ts';
import type { Addressable } from '../../duck/v1alpha1/addressable-types.ts';
import {
  getCondition,
  newLivingConditionSet,
} from '../../duck/v1alpha1/condition-set.ts';
import type { ConditionsImpl } from '../../duck/v1alpha1/condition-set.ts';
import type { Condition } from '../../duck/v1alpha1/conditions-types.ts';
import { configurationConditionReady } from './configuration-types.ts';
import type { ConfigurationStatusFields } from './configuration-types.ts';
import { routeConditionReady } from './route-status.ts';
import type { RouteStatusFields, TrafficTarget } from './route-types.ts';
import type { ServiceStatusFields } from './service-types.ts';

export const serviceConditionReady = 'Ready';
export const serviceConditionConfigurationsReady = 'ConfigurationsReady';
export const serviceConditionRoutesReady = 'RoutesReady';

const serviceCondSet = newLivingConditionSet(
  serviceConditionConfigurationsReady,
  serviceConditionRoutesReady,
);

/** The status of a Service to work on. */
export class ServiceStatus {
  conditions: readonly Condition[] | undefined;
  domain: string | undefined;
  domainInternal: string | undefined;
  address: Addressable | undefined;
  traffic: readonly TrafficTarget[] | undefined;
  latestReadyRevisionName: string | undefined;
  latestCreatedRevisionName: string | undefined;
  observedGeneration: number | undefined;
  readonly #clock: Clock;

  constructor(fields: ServiceStatusFields, clock: Clock) {
    Object.assign(this, fields);
    this.#clock = clock;
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/service_types.go ServiceStatus.GetCondition
   */
  getCondition(type: string): Condition | undefined {
    return this.#manage().getCondition(type);
  }

  /**
   * Adds the three conditions, as Unknown, where they are missing.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/service_types.go ServiceStatus.InitializeConditions
   * @story On a deep copy of the cached Service, conditions that do not exist
   *   yet begin as Unknown.
   */
  initializeConditions(): void {
    this.#manage().initializeConditions();
  }

  /**
   * Whether Configuration and Route are both as they should be.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/service_types.go ServiceStatus.IsReady
   */
  isReady(): boolean {
    return this.#manage().isHappy();
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/service_types.go ServiceStatus.MarkConfigurationNotOwned
   * @story The Service cannot become ready: a Configuration {name} exists, and
   *   another object or nobody controls it.
   */
  markConfigurationNotOwned(name: string): void {
    this.#manage().markFalse(
      serviceConditionConfigurationsReady,
      'NotOwned',
      sprintf(
        'There is an existing Configuration %q that we do not own.',
        name,
      ),
    );
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/service_types.go ServiceStatus.MarkRouteNotOwned
   * @story The Service cannot become ready: a Route {name} exists, and another
   *   object or nobody controls it.
   */
  markRouteNotOwned(name: string): void {
    this.#manage().markFalse(
      serviceConditionRoutesReady,
      'NotOwned',
      sprintf('There is an existing Route %q that we do not own.', name),
    );
  }

  /**
   * Copies the names of the latest Revisions, and turns the Configuration's
   * `Ready` into the Service's `ConfigurationsReady`. Its message serves as a
   * format on the way, so a percent sign in it comes out damaged, as upstream.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/service_types.go ServiceStatus.PropagateConfigurationStatus
   * @story when cc.status == 'True': `ConfigurationsReady` is True like the
   *   Configuration's own `Ready`; for the Service to be Ready, `RoutesReady` must
   *   be True too.
   * @story when cc.status == 'False': The Configuration has failed, and the
   *   Service says so in `ConfigurationsReady` and `Ready`.
   * @story when cc.status == 'Unknown': `ConfigurationsReady` becomes Unknown,
   *   because the Configuration has not settled yet.
   */
  propagateConfigurationStatus(cs: ConfigurationStatusFields): void {
    this.latestReadyRevisionName = cs.latestReadyRevisionName;
    this.latestCreatedRevisionName = cs.latestCreatedRevisionName;

    const cc = getCondition(cs, configurationConditionReady);
    if (cc === undefined) return;
    this.#propagate(serviceConditionConfigurationsReady, cc);
  }

  /**
   * The Route serves, but not yet what the Configuration made last.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/service_types.go ServiceStatus.MarkRouteNotYetReady
   */
  markRouteNotYetReady(): void {
    this.#manage().markUnknown(
      serviceConditionRoutesReady,
      'TrafficNotMigrated',
      'Traffic is not yet migrated to the latest revision.',
    );
  }

  /**
   * Copies where the Route is reached and what its traffic resolved to, and
   * turns the Route's `Ready` into the Service's `RoutesReady`.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/service_types.go ServiceStatus.PropagateRouteStatus
   * @story when !rc: No `Ready` condition is on the Route yet, so nothing of it is
   *   propagated but addresses and traffic, if any.
   * @story when rc.status == 'True': Domain, address and traffic are copied, and
   *   `RoutesReady` turns True with the Route's own `Ready`.
   * @story when rc.status == 'False': The Route has failed, and the Service says
   *   so in `RoutesReady` and `Ready`.
   * @story when rc.status == 'Unknown': `RoutesReady` becomes Unknown, because
   *   the Route has not settled yet.
   */
  propagateRouteStatus(rs: RouteStatusFields): void {
    this.domain = rs.domain;
    this.domainInternal = rs.domainInternal;
    this.address = rs.address;
    this.traffic = rs.traffic;

    const rc = getCondition(rs, routeConditionReady);
    if (rc === undefined) return;
    this.#propagate(serviceConditionRoutesReady, rc);
  }

  /**
   * Says that nobody looks after Configuration and Route. Addresses stay;
   * everything else that was known is dropped.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/service_types.go ServiceStatus.SetManualStatus
   * @story The Service is `manual`, so the controller leaves its children alone
   *   and says that it knows nothing about them.
   */
  setManualStatus(): void {
    const reason = 'Manual';
    const message =
      'Service is set to Manual, and is not managing underlying resources.';
    this.conditions = undefined;
    this.traffic = undefined;
    this.latestReadyRevisionName = undefined;
    this.latestCreatedRevisionName = undefined;
    this.observedGeneration = undefined;

    const conditions = this.#manage();
    conditions.initializeConditions();
    for (const type of serviceCondSet.dependents) {
      conditions.markUnknown(type, reason, message);
    }
  }

  /** Repeats a child's `Ready` as the condition `type`. */
  #propagate(type: string, ready: Condition): void {
    const { status, reason = '', message = '' } = ready;
    const conditions = this.#manage();
    if (status === 'True') conditions.markTrue(type);
    if (status === 'False') conditions.markFalse(type, reason, message);
    if (status === 'Unknown') conditions.markUnknown(type, reason, message);
  }

  #manage(): ConditionsImpl {
    return serviceCondSet.manage(this, this.#clock);
  }
}
