/**
 * From what a Route wants to who really gets its traffic.
 *
 * A target names a Revision, or a Configuration and with it the Revision that
 * became ready last. Here every target is led back to its Revision, and the
 * Revisions are gathered under the hosts they answer at: all of them under the
 * Route's own, and those of a named target under a host of that name as well.
 */
import type { NamespaceLister } from '../../../../../client-go/tools/cache/listers.ts';
import type { Clock } from '../../../../../sim/clock.ts';
import { configurationLabelKey } from '../../../../apis/serving/register.ts';
import type { ConfigurationObject } from '../../../../apis/serving/v1alpha1/configuration-types.ts';
import { Revision } from '../../../../apis/serving/v1alpha1/revision-types.ts';
import type { RevisionObject } from '../../../../apis/serving/v1alpha1/revision-types.ts';
import type { TrafficTarget } from '../../../../apis/serving/v1alpha1/route-types.ts';
import {
  errMissingConfiguration,
  errMissingRevision,
  errUnreadyConfiguration,
  errUnreadyRevision,
  TargetError,
} from './errors.ts';
import { Config, defaultTarget } from './targets.ts';
import type { RevisionTarget } from './targets.ts';

/** The traffic, and what is wrong with it. */
export interface Built {
  /** Without targets if there is an error. */
  readonly config: Config;
  readonly error: TargetError | undefined;
}

/** The caches of the namespace that the Route is in. */
export interface Listers {
  readonly configurations: NamespaceLister<ConfigurationObject>;
  readonly revisions: NamespaceLister<RevisionObject>;
}

/**
 * Leads every target back to its Revision. What is wrong with a target does
 * not end the walk, so that all that is there gets found.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/traffic/traffic.go BuildTrafficConfiguration
 * @omits an error of a lister that is not "not found", after which upstream
 *   goes on with the targets so far as if nothing had happened; ours have none
 */
export function buildTrafficConfiguration(
  listers: Listers,
  traffic: readonly TrafficTarget[],
  clock: Clock,
): Built {
  const builder = new ConfigBuilder(listers, clock);
  builder.applySpecTraffic(traffic);
  return builder.build();
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/traffic/traffic.go configBuilder
 */
class ConfigBuilder {
  readonly #listers: Listers;
  readonly #clock: Clock;
  readonly #targets = new Map<string, RevisionTarget[]>();
  readonly #revisionTargets: RevisionTarget[] = [];
  readonly #configurations = new Map<string, ConfigurationObject>();
  readonly #revisions = new Map<string, Revision>();
  #deferredTargetErr: TargetError | undefined;

  constructor(listers: Listers, clock: Clock) {
    this.#listers = listers;
    this.#clock = clock;
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/route/traffic/traffic.go configBuilder.applySpecTraffic
   */
  applySpecTraffic(traffic: readonly TrafficTarget[]): void {
    for (const target of traffic) this.#addTrafficTarget(target);
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/route/traffic/traffic.go configBuilder.build
   */
  build(): Built {
    const error = this.#deferredTargetErr;
    const config = new Config({
      targets: error ? new Map() : consolidateAll(this.#targets),
      revisionTargets: error ? [] : this.#revisionTargets,
      configurations: this.#configurations,
      revisions: this.#revisions,
    });
    return { config, error };
  }

  /**
   * Adds one target, or notes what is wrong with it. One that names nothing
   * is passed over.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/route/traffic/traffic.go configBuilder.addTrafficTarget
   */
  #addTrafficTarget(target: TrafficTarget): void {
    try {
      if (target.revisionName) {
        this.#addRevisionTarget(target, target.revisionName);
      } else if (target.configurationName) {
        this.#addConfigurationTarget(target, target.configurationName);
      }
    } catch (error) {
      if (!(error instanceof TargetError)) throw error;
      this.#deferTargetError(error);
    }
  }

  /**
   * Adds the Revision of a Configuration that became ready last. Whether it
   * still is ready is not asked.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/route/traffic/traffic.go configBuilder.addConfigurationTarget
   * @throws {TargetError} when there is none
   */
  #addConfigurationTarget(target: TrafficTarget, name: string): void {
    const config = this.#getConfiguration(name);
    const { latestReadyRevisionName = '' } = config.status ?? {};
    if (latestReadyRevisionName === '') throw errUnreadyConfiguration(config);
    this.#addFlattenedTarget(
      target,
      this.#getRevision(latestReadyRevisionName),
    );
  }

  /**
   * Adds the Revision that the target names, if that is ready.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/route/traffic/traffic.go configBuilder.addRevisionTarget
   * @throws {TargetError} when it is missing, not ready, or without the
   *   Configuration that its label names
   */
  #addRevisionTarget(target: TrafficTarget, name: string): void {
    const rev = this.#getRevision(name);
    if (!rev.status.isReady()) throw errUnreadyRevision(rev);
    const configurationName = rev.metadata.labels?.[configurationLabelKey];
    if (configurationName === undefined) {
      this.#addFlattenedTarget(target, rev);
      return;
    }
    this.#getConfiguration(configurationName);
    this.#addFlattenedTarget({ ...target, configurationName }, rev);
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/route/traffic/traffic.go configBuilder.addFlattenedTarget
   */
  #addFlattenedTarget(target: TrafficTarget, rev: Revision): void {
    const flattened: RevisionTarget = {
      ...target,
      revisionName: rev.metadata.name,
      active: !rev.status.isActivationRequired(),
      protocol: rev.getProtocol(),
    };
    const { name = '' } = target;
    this.#revisionTargets.push(flattened);
    this.#addTo(defaultTarget, flattened);
    if (name !== '') this.#addTo(name, flattened);
  }

  #addTo(group: string, target: RevisionTarget): void {
    const targets = this.#targets.get(group) ?? [];
    this.#targets.set(group, [...targets, target]);
  }

  /**
   * Keeps the first error, unless a later one is a failure: then that.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/route/traffic/traffic.go configBuilder.deferTargetError
   */
  #deferTargetError(error: TargetError): void {
    if (this.#deferredTargetErr === undefined || error.isFailure()) {
      this.#deferredTargetErr = error;
    }
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/route/traffic/traffic.go configBuilder.getConfiguration
   */
  #getConfiguration(name: string): ConfigurationObject {
    const config =
      this.#configurations.get(name) ?? this.#listers.configurations.get(name);
    if (config === undefined) throw errMissingConfiguration(name);
    this.#configurations.set(name, config);
    return config;
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/route/traffic/traffic.go configBuilder.getRevision
   */
  #getRevision(name: string): Revision {
    const known = this.#revisions.get(name);
    if (known !== undefined) return known;
    const found = this.#listers.revisions.get(name);
    if (found === undefined) throw errMissingRevision(name);
    const rev = new Revision(found, this.#clock);
    this.#revisions.set(name, rev);
    return rev;
  }
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/traffic/traffic.go consolidateAll
 */
function consolidateAll(
  targets: ReadonlyMap<string, readonly RevisionTarget[]>,
): Map<string, readonly RevisionTarget[]> {
  return new Map(
    [...targets].map(([name, group]) => [name, consolidate(group)]),
  );
}

/**
 * Adds up the shares of a Revision that stands in a group more than once. A
 * Revision that is alone in its group gets everything there, even if its
 * target has no share of the Route's traffic.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/traffic/traffic.go consolidate
 */
function consolidate(targets: readonly RevisionTarget[]): RevisionTarget[] {
  const byName = new Map<string, RevisionTarget>();
  for (const target of targets) {
    const { revisionName, percent = 0 } = target;
    const current = byName.get(revisionName);
    byName.set(
      revisionName,
      current === undefined
        ? target
        : { ...current, percent: (current.percent ?? 0) + percent },
    );
  }
  const [only, ...others] = byName.values();
  if (only !== undefined && others.length === 0) {
    return [{ ...only, percent: 100 }];
  }
  return [...byName.values()];
}
