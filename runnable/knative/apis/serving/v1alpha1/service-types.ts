/**
 * Service: the one object a user writes. Its controller makes a Configuration
 * and a Route of it, and reports here what becomes of them.
 */
import { deepCopy } from '../../../../apiserver/objects.ts';
import type { Mutable } from '../../../../apiserver/objects.ts';
import type { KObject } from '../../../../apiserver/store.ts';
import type { Clock } from '../../../../sim/clock.ts';
import type { Addressable } from '../../duck/v1alpha1/addressable-types.ts';
import type { Condition } from '../../duck/v1alpha1/conditions-types.ts';
import type { ConfigurationSpec } from './configuration-types.ts';
import type { TrafficTarget } from './route-types.ts';
import { setServiceSpecDefaults } from './service-defaults.ts';
import { ServiceStatus } from './service-status.ts';

/**
 * Everything goes to the newest ready Revision.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/service_types.go RunLatestType
 */
export interface RunLatestType {
  readonly configuration?: ConfigurationSpec;
}

/**
 * Everything goes to one Revision. Replaced by `release`.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/service_types.go PinnedType
 */
export interface PinnedType {
  readonly revisionName?: string;
  readonly configuration?: ConfigurationSpec;
}

/** In a release: whichever Revision became ready last. */
export const releaseLatestRevisionKeyword = '@latest';

/**
 * The traffic is shared between a current Revision and a candidate.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/service_types.go ReleaseType
 */
export interface ReleaseType {
  /** One or two names: the current one, then the candidate. */
  readonly revisions?: readonly string[];
  /** The candidate's share, 0 to 99. */
  readonly rolloutPercent?: number;
  readonly configuration?: ConfigurationSpec;
}

/**
 * Exactly one of the four modes.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/service_types.go ServiceSpec
 */
export interface ServiceSpec {
  /** Counted by hand before the API server counted generations. */
  readonly generation?: number;
  readonly runLatest?: RunLatestType;
  readonly pinned?: PinnedType;
  /** The user looks after Configuration and Route himself. */
  readonly manual?: Readonly<Record<string, never>>;
  readonly release?: ReleaseType;
}

/**
 * What became of Configuration and Route, in one place.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/service_types.go ServiceStatus
 */
export interface ServiceStatusFields {
  readonly conditions?: readonly Condition[] | undefined;
  readonly domain?: string | undefined;
  readonly domainInternal?: string | undefined;
  readonly address?: Addressable | undefined;
  readonly traffic?: readonly TrafficTarget[] | undefined;
  readonly latestReadyRevisionName?: string | undefined;
  readonly latestCreatedRevisionName?: string | undefined;
  readonly observedGeneration?: number | undefined;
}

/**
 * A Service as it is stored and read.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/service_types.go Service
 */
export interface ServiceObject extends KObject {
  readonly spec?: ServiceSpec;
  readonly status?: ServiceStatusFields;
}

/** A Service to work on: a deep copy with its methods. */
export class Service {
  readonly apiVersion = 'serving.knative.dev/v1alpha1';
  readonly kind = 'Service';
  readonly metadata: ServiceObject['metadata'];
  readonly spec: Mutable<ServiceSpec>;
  readonly status: ServiceStatus;

  constructor(original: ServiceObject, clock: Clock) {
    const copy = deepCopy(original);
    this.metadata = copy.metadata;
    this.spec = copy.spec ?? {};
    this.status = new ServiceStatus(copy.status ?? {}, clock);
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/service_defaults.go Service.SetDefaults
   */
  setDefaults(): void {
    setServiceSpecDefaults(this.spec);
  }
}
