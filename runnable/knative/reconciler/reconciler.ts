/**
 * What all reconcilers have in common: a clock, clients, a logger and a
 * recorder of events.
 */
import { newNotFound } from '../../apiserver/api-error.ts';
import type { ApiError } from '../../apiserver/api-error.ts';
import type { Gvr, KObject, Store } from '../../apiserver/store.ts';
import { splitMetaNamespaceKey } from '../../client-go/tools/cache/store.ts';
import { EventRecorder } from '../../client-go/tools/record/event.ts';
import type { Clock, Milliseconds } from '../../sim/clock.ts';
import type { Sim } from '../../sim/sim.ts';
import { ServingV1alpha1Client } from '../client/serving-client.ts';
import type { Watcher } from '../configmap/watcher.ts';
import type { SugaredLogger } from '../logging/logger.ts';

/**
 * What the process hands to each of its controllers.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/reconciler.go Options
 */
export interface Options {
  /** The process the controller is part of. */
  readonly sim: Sim;
  /** The API server, as this process reaches it. */
  readonly store: Store;
  readonly logger: SugaredLogger;
  readonly configMapWatcher: Watcher;
  /** How often caches repeat everything they hold: 10 hours upstream. */
  readonly resyncPeriod: Milliseconds;
}

/**
 * What a lister of Go returns where ours returns undefined: the cache does not
 * hold the object, which it names by its kind.
 */
export function notInCache(gvr: Gvr, name: string): ApiError {
  return newNotFound({ ...gvr, resource: gvr.kind.toLowerCase() }, name);
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/reconciler.go Base
 * @omits the stats reporter
 */
export class Base {
  readonly clock: Clock;
  readonly servingClient: ServingV1alpha1Client;
  /** For objects of kinds that are not known beforehand. */
  readonly dynamicClient: Store;
  readonly logger: SugaredLogger;
  readonly recorder: EventRecorder;

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/reconciler.go NewBase
   */
  constructor(options: Options, controllerAgentName: string) {
    this.clock = options.sim.clock;
    this.servingClient = new ServingV1alpha1Client(options.store);
    this.dynamicClient = options.store;
    this.logger = options.logger.named(controllerAgentName);
    this.recorder = new EventRecorder(controllerAgentName);
  }

  /**
   * Namespace and name of the object a key is about. A key that is none is
   * logged and never tried again.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/tools/cache/store.go SplitMetaNamespaceKey
   */
  protected splitKey(key: string): [string, string] | undefined {
    try {
      return splitMetaNamespaceKey(key);
    } catch (error) {
      this.logger.errorf('invalid resource key: %s: %v', key, error);
      return undefined;
    }
  }

  /** Records that something went as it should. */
  protected normal(
    object: KObject,
    reason: string,
    format: string,
    ...args: readonly unknown[]
  ): void {
    this.recorder.eventf(object, 'Normal', reason, format, ...args);
  }

  /** Records that something did not. */
  protected warning(
    object: KObject,
    reason: string,
    format: string,
    ...args: readonly unknown[]
  ): void {
    this.recorder.eventf(object, 'Warning', reason, format, ...args);
  }
}
