/**
 * Revisions that get traffic, and how they are told apart.
 */
import type { ConfigurationObject } from '../../../../apis/serving/v1alpha1/configuration-types.ts';
import type {
  Revision,
  RevisionProtocolType,
} from '../../../../apis/serving/v1alpha1/revision-types.ts';
import type { TrafficTarget } from '../../../../apis/serving/v1alpha1/route-types.ts';

/** The group of all targets, which answer at the Route's own host. */
export const defaultTarget = '';

/**
 * A target led back to its Revision.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/traffic/traffic.go RevisionTarget
 */
export interface RevisionTarget extends TrafficTarget {
  readonly revisionName: string;
  /** Whether its pods can answer; otherwise the activator has to. */
  readonly active: boolean;
  readonly protocol: RevisionProtocolType;
}

/**
 * Who gets the traffic of a Route.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/traffic/traffic.go Config
 */
export class Config {
  /** By the name of the group; each Revision once in a group. */
  readonly targets: ReadonlyMap<string, readonly RevisionTarget[]>;
  /** One for each target of the Route, in its order. */
  readonly revisionTargets: readonly RevisionTarget[];
  /** All that was found on the way, even if something else was not. */
  readonly configurations: ReadonlyMap<string, ConfigurationObject>;
  readonly revisions: ReadonlyMap<string, Revision>;

  constructor(
    parts: Pick<
      Config,
      'targets' | 'revisionTargets' | 'configurations' | 'revisions'
    >,
  ) {
    this.targets = parts.targets;
    this.revisionTargets = parts.revisionTargets;
    this.configurations = parts.configurations;
    this.revisions = parts.revisions;
  }

  /**
   * What the Route reports as its traffic: Revisions alone, doubles and all.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/route/traffic/traffic.go Config.GetRevisionTrafficTargets
   */
  getRevisionTrafficTargets(): TrafficTarget[] {
    return this.revisionTargets.map(({ name, revisionName, percent = 0 }) => ({
      ...(name ? { name } : {}),
      revisionName,
      percent,
    }));
  }
}

/**
 * Splits targets by whether their pods can answer. Those without a share of
 * the traffic are left out.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/traffic/traffic.go GroupTargets
 */
export function groupTargets<
  T extends Pick<RevisionTarget, 'percent' | 'active'>,
>(
  targets: readonly T[],
): { readonly active: readonly T[]; readonly inactive: readonly T[] } {
  const routed = targets.filter(({ percent = 0 }) => percent !== 0);
  return {
    active: routed.filter(({ active }) => active),
    inactive: routed.filter(({ active }) => !active),
  };
}
