/**
 * The status of a ClusterIngress: whether the network does what it asks for.
 */
import type { Clock } from '../../../../sim/clock.ts';
import { sprintf } from '../../../../apiserver/sprintf.ts';
import { newLivingConditionSet } from '../../duck/v1alpha1/condition-set.ts';
import type { ConditionsImpl } from '../../duck/v1alpha1/condition-set.ts';
import type { Condition } from '../../duck/v1alpha1/conditions-types.ts';
import type {
  IngressStatusFields,
  LoadBalancerIngressStatus,
  LoadBalancerStatus,
} from './clusteringress-types.ts';

export const clusterIngressConditionReady = 'Ready';
export const clusterIngressConditionNetworkConfigured = 'NetworkConfigured';
export const clusterIngressConditionLoadBalancerReady = 'LoadBalancerReady';

const clusterIngressCondSet = newLivingConditionSet(
  clusterIngressConditionNetworkConfigured,
  clusterIngressConditionLoadBalancerReady,
);

/** The status of a ClusterIngress to work on. */
export class IngressStatus {
  conditions: readonly Condition[] | undefined;
  loadBalancer: LoadBalancerStatus | undefined;
  observedGeneration: number | undefined;
  readonly #clock: Clock;

  constructor(fields: IngressStatusFields, clock: Clock) {
    Object.assign(this, fields);
    this.#clock = clock;
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/networking/v1alpha1/clusteringress_types.go IngressStatus.GetCondition
   */
  getCondition(type: string): Condition | undefined {
    return this.#manage().getCondition(type);
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/networking/v1alpha1/clusteringress_types.go IngressStatus.InitializeConditions
   */
  initializeConditions(): void {
    this.#manage().initializeConditions();
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/networking/v1alpha1/clusteringress_types.go IngressStatus.MarkNetworkConfigured
   */
  markNetworkConfigured(): void {
    this.#manage().markTrue(clusterIngressConditionNetworkConfigured);
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/networking/v1alpha1/clusteringress_types.go IngressStatus.MarkResourceNotOwned
   * @story The controller finds {name} there already, owned by nobody or by somebody
   *   else, leaves it alone and says so.
   */
  markResourceNotOwned(kind: string, name: string): void {
    this.#manage().markFalse(
      clusterIngressConditionNetworkConfigured,
      'NotOwned',
      sprintf('There is an existing %s %q that we do not own.', kind, name),
    );
  }

  /**
   * Notes where requests come in. Nobody has tried whether they do.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/apis/networking/v1alpha1/clusteringress_types.go IngressStatus.MarkLoadBalancerReady
   */
  markLoadBalancerReady(ingress: readonly LoadBalancerIngressStatus[]): void {
    this.loadBalancer = { ingress };
    this.#manage().markTrue(clusterIngressConditionLoadBalancerReady);
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/networking/v1alpha1/clusteringress_types.go IngressStatus.IsReady
   */
  isReady(): boolean {
    return this.#manage().isHappy();
  }

  #manage(): ConditionsImpl {
    return clusterIngressCondSet.manage(this, this.#clock);
  }
}
