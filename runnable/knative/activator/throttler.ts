/**
 * Lets no more requests through to a Revision than its pods can take.
 *
 * Each Revision has a breaker. How many tokens that has follows the Endpoints:
 * so many ready pods, times what one of them takes.
 */
import type { Lister } from '../../client-go/tools/cache/listers.ts';
import type { Sim } from '../../sim/sim.ts';
import type { Endpoints, EndpointSubset } from '../apis/core/v1/types.ts';
import { revisions } from '../apis/resources.ts';
import type { RevisionObject } from '../apis/serving/v1alpha1/revision-types.ts';
import { deletionHandlingAccessor } from '../kmeta/accessor.ts';
import type { Delivered } from '../kmeta/accessor.ts';
import type { SugaredLogger } from '../logging/logger.ts';
import { Breaker } from '../queue/breaker.ts';
import type { BreakerParams } from '../queue/breaker.ts';
import { getServingRevisionNameForK8sService } from '../reconciler/names.ts';
import { notInCache } from '../reconciler/reconciler.ts';
import { revisionKey } from './activator.ts';
import type { RevisionID } from './activator.ts';

/** There is neither a token nor a place to wait for one. */
export const errActivatorOverload = 'activator overload' as const;

/** Where a throttler looks things up. */
export interface ThrottlerListers {
  readonly revisions: Lister<RevisionObject>;
  readonly endpoints: Lister<Endpoints>;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/activator/throttler.go ThrottlerParams
 */
export interface ThrottlerParams {
  readonly breakerParams: BreakerParams;
  readonly logger: SugaredLogger;
  readonly listers: ThrottlerListers;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/activator/throttler.go Throttler
 */
export class Throttler {
  readonly #sim: Sim;
  readonly #params: ThrottlerParams;
  readonly #breakers = new Map<string, Breaker>();

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/activator/throttler.go NewThrottler
   */
  constructor(sim: Sim, params: ThrottlerParams) {
    this.#sim = sim;
    this.#params = params;
  }

  /** How many requests may be under way to a Revision at once, by its key. */
  get capacities(): ReadonlyMap<string, number> {
    const entries = [...this.#breakers].map(
      ([key, breaker]) => [key, breaker.capacity()] as const,
    );
    return new Map(entries);
  }

  /**
   * Forgets a Revision.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/activator/throttler.go Throttler.Remove
   */
  remove(rev: RevisionID): void {
    this.#breakers.delete(revisionKey(rev));
  }

  /**
   * Takes note of how many pods of a Revision are ready.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/activator/throttler.go Throttler.UpdateCapacity
   * @throws {ApiError} NotFound, when the cache has no such Revision
   */
  updateCapacity(rev: RevisionID, size: number): void {
    const revision = this.#getRevision(rev);
    const { breaker } = this.#getOrCreateBreaker(rev);
    this.#updateCapacity(revision, breaker, size);
  }

  /**
   * Carries `thunk` out when there is a token for it. For a Revision it has
   * not heard of it first asks how many pods are ready.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/activator/throttler.go Throttler.Try
   * @throws {Error} `activator overload`, when too many wait; or why nothing
   *   is known of the Revision
   */
  async try(rev: RevisionID, thunk: () => Promise<void>): Promise<void> {
    const { breaker, existed } = this.#getOrCreateBreaker(rev);
    if (!existed) this.#forceUpdateCapacity(rev, breaker);
    const done = await breaker.maybe(thunk);
    if (!done) throw new Error(errActivatorOverload);
  }

  /**
   * As many tokens as the ready pods can take requests, up to a limit. Where a
   * pod takes any number it is the limit, however many pods there are: even
   * with none.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/activator/throttler.go Throttler.updateCapacity
   */
  #updateCapacity(
    revision: RevisionObject,
    breaker: Breaker,
    size: number,
  ): void {
    const { maxConcurrency } = this.#params.breakerParams;
    const { containerConcurrency = 0 } = revision.spec ?? {};
    const target = containerConcurrency * size;
    const isUnlimited = containerConcurrency === 0;
    breaker.updateConcurrency(
      isUnlimited || target > maxConcurrency ? maxConcurrency : target,
    );
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/activator/throttler.go Throttler.getOrCreateBreaker
   */
  #getOrCreateBreaker(rev: RevisionID): {
    readonly breaker: Breaker;
    readonly existed: boolean;
  } {
    const key = revisionKey(rev);
    const known = this.#breakers.get(key);
    if (known !== undefined) return { breaker: known, existed: true };
    const { breakerParams } = this.#params;
    const breaker = new Breaker(this.#sim, `breaker ${key}`, breakerParams);
    this.#breakers.set(key, breaker);
    return { breaker, existed: false };
  }

  /**
   * Looks the ready pods up, in case their news came before the breaker. It
   * looks under the name of the Revision, and Endpoints are called after the
   * k8s Service, so it finds none.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/activator/throttler.go Throttler.forceUpdateCapacity
   */
  #forceUpdateCapacity(rev: RevisionID, breaker: Breaker): void {
    const revision = this.#getRevision(rev);
    const endpoints = this.#params.listers.endpoints
      .byNamespace(rev.namespace)
      .get(rev.name);
    const size = endpointsAddressCount(endpoints?.subsets);
    this.#updateCapacity(revision, breaker, size);
  }

  #getRevision({ namespace, name }: RevisionID): RevisionObject {
    const lister = this.#params.listers.revisions.byNamespace(namespace);
    const revision = lister.get(name);
    if (revision !== undefined) return revision;
    throw notInCache(revisions, name);
  }

  /**
   * Hears that the pods of a Revision became ready, or went.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/activator/throttler.go UpdateEndpoints
   */
  updateEndpoints(obj: Delivered): void {
    const endpoints = deletionHandlingAccessor(obj) as Endpoints;
    const rev = revisionOf(endpoints);
    try {
      this.updateCapacity(rev, endpointsAddressCount(endpoints.subsets));
    } catch (error) {
      if (error instanceof TypeError) throw error;
      this.#params.logger.errorf('updating capacity failed: %v', error);
    }
  }

  /**
   * Hears that the Endpoints of a Revision are gone.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/activator/throttler.go DeleteBreaker
   */
  deleteBreaker(obj: Delivered): void {
    this.remove(revisionOf(deletionHandlingAccessor(obj)));
  }
}

/** The Revision that Endpoints belong to, by their name. */
function revisionOf({ metadata }: Pick<Endpoints, 'metadata'>): RevisionID {
  const { namespace = '', name } = metadata;
  return { namespace, name: getServingRevisionNameForK8sService(name) };
}

/**
 * How many addresses are ready.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/activator/throttler.go EndpointsAddressCount
 */
function endpointsAddressCount(
  subsets: readonly EndpointSubset[] = [],
): number {
  let count = 0;
  for (const { addresses = [] } of subsets) count += addresses.length;
  return count;
}
