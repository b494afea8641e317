/**
 * What every stage of these chapters has: an API server, the caches of one
 * process, and the controllers that run for real in it.
 *
 * Everybody else is played: what they would write, the scenario writes.
 */
import { MemoryStore } from '../../apiserver/memory-store.ts';
import type { ClientOptions } from '../../apiserver/memory-client.ts';
import type { KObject } from '../../apiserver/store.ts';
import { SharedInformerFactory } from '../../client-go/informers/factory.ts';
import {
  configurations,
  revisions,
  routes,
  services,
} from '../../knative/apis/resources.ts';
import type { ConfigurationObject } from '../../knative/apis/serving/v1alpha1/configuration-types.ts';
import type { RevisionObject } from '../../knative/apis/serving/v1alpha1/revision-types.ts';
import type { RouteObject } from '../../knative/apis/serving/v1alpha1/route-types.ts';
import type { ServiceObject } from '../../knative/apis/serving/v1alpha1/service-types.ts';
import { ServingV1alpha1Client } from '../../knative/client/serving-client.ts';
import { ManualWatcher } from '../../knative/configmap/watcher.ts';
import type { Impl } from '../../knative/controller/controller.ts';
import { SugaredLogger } from '../../knative/logging/logger.ts';
import type { Options } from '../../knative/reconciler/reconciler.ts';
import { admit } from '../../knative/webhook/webhook.ts';
import type { Instant, Milliseconds } from '../../sim/clock.ts';
import type { Sim } from '../../sim/sim.ts';

const resyncPeriod = 36_000_000;

/** Makes controllers, by their names, out of what their process has. */
export type SetUp = (
  options: Options,
  caches: SharedInformerFactory,
) => Readonly<Record<string, Impl>>;

export class KnativeStage {
  readonly sim: Sim;
  readonly store: MemoryStore;
  /** How the user and the played controllers reach the API. */
  readonly client: ServingV1alpha1Client;
  readonly namespace: string;
  readonly name: string;
  readonly #start: Instant;

  /** @param object what the chapter is about: its name is everybody's */
  constructor(sim: Sim, object: KObject) {
    const { name, namespace = 'default' } = object.metadata;
    this.sim = sim;
    this.store = new MemoryStore(sim, {
      namespaces: ['default', 'knative-serving', namespace],
    });
    this.store.admit(admit);
    this.client = new ServingV1alpha1Client(this.store.client(sim));
    this.namespace = namespace;
    this.name = name;
    this.#start = sim.now();
  }

  /** Waits until this many milliseconds of the run have passed. */
  async at(moment: Milliseconds): Promise<void> {
    await this.sim.sleep(this.#start + moment - this.sim.now());
  }

  /** How many milliseconds of the run have passed. */
  get elapsed(): Milliseconds {
    return this.sim.now() - this.#start;
  }

  /**
   * Starts caches and controllers, which see at once what is stored already.
   *
   * @param options how long events take; lists are answered at once, so that
   *   the run begins with the first change
   * @param sim the process they are part of, if it may die before the run ends
   */
  protected async start(
    setUp: SetUp,
    options: ClientOptions = {},
    sim: Sim = this.sim,
  ): Promise<void> {
    const store = this.store.client(sim, {
      answerAfter: (verb) => (verb === 'list' ? 0 : 2),
      ...options,
    });
    const factory = new SharedInformerFactory(sim, store, resyncPeriod);
    const logger = new SugaredLogger('controller');
    const configMapWatcher = new ManualWatcher();
    const controllers = setUp(
      { sim, store, logger, configMapWatcher, resyncPeriod },
      factory,
    );
    const { signal } = new AbortController();
    factory.start(signal);
    await factory.waitForCacheSync();
    for (const [name, impl] of Object.entries(controllers)) {
      sim.go(`${name}-controller`, () => impl.run(2, signal));
    }
  }

  /**
   * Reads what was put into the store, so that a recording knows how things
   * stood before the first change.
   */
  async survey(): Promise<void> {
    const api = this.store.client(this.sim, { answerAfter: 0 });
    for (const gvr of [services, configurations, routes, revisions]) {
      for (const { metadata } of this.store.peekAll(gvr)) {
        const { namespace = '', name } = metadata;
        await api.resource(gvr).get(namespace, name);
      }
    }
  }

  get service(): ServiceObject | undefined {
    return this.store.peek(services, this.namespace, this.name);
  }

  get configuration(): ConfigurationObject | undefined {
    return this.store.peek(configurations, this.namespace, this.name);
  }

  get route(): RouteObject | undefined {
    return this.store.peek(routes, this.namespace, this.name);
  }

  revision(name: string): RevisionObject | undefined {
    return this.store.peek(revisions, this.namespace, name);
  }

  get revisions(): readonly RevisionObject[] {
    return this.store.peekAll<RevisionObject>(revisions);
  }
}
