/**
 * Route: a name in the network, and the Revisions that answer behind it.
 */
import { deepCopy } from '../../../../apiserver/objects.ts';
import type { KObject } from '../../../../apiserver/store.ts';
import type { Clock } from '../../../../sim/clock.ts';
import type { Addressable } from '../../duck/v1alpha1/addressable-types.ts';
import type { Condition } from '../../duck/v1alpha1/conditions-types.ts';
import { RouteStatus } from './route-status.ts';

/**
 * A share of the traffic and who gets it: one Revision by name, or whichever
 * Revision of a Configuration became ready last.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/route_types.go TrafficTarget
 */
export interface TrafficTarget {
  /** Also gives the target a subdomain of its own. */
  readonly name?: string;
  readonly revisionName?: string;
  readonly configurationName?: string;
  readonly percent?: number;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/route_types.go RouteSpec
 */
export interface RouteSpec {
  /** Counted by hand before the API server counted generations. */
  readonly generation?: number;
  readonly traffic?: readonly TrafficTarget[];
}

/**
 * Where it is reached, and what its traffic was last resolved to.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/route_types.go RouteStatus
 */
export interface RouteStatusFields {
  readonly conditions?: readonly Condition[] | undefined;
  readonly domain?: string | undefined;
  readonly domainInternal?: string | undefined;
  readonly address?: Addressable | undefined;
  readonly traffic?: readonly TrafficTarget[] | undefined;
  readonly observedGeneration?: number | undefined;
}

/**
 * A Route as it is stored and read.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/route_types.go Route
 */
export interface RouteObject extends KObject {
  readonly spec?: RouteSpec;
  readonly status?: RouteStatusFields;
}

/** A Route to work on: a deep copy with its methods. It has no defaults. */
export class Route {
  readonly apiVersion = 'serving.knative.dev/v1alpha1';
  readonly kind = 'Route';
  readonly metadata: RouteObject['metadata'];
  readonly spec: RouteSpec;
  readonly status: RouteStatus;

  constructor(original: RouteObject, clock: Clock) {
    const copy = deepCopy(original);
    this.metadata = copy.metadata;
    this.spec = copy.spec ?? {};
    this.status = new RouteStatus(copy.status ?? {}, clock);
  }
}
