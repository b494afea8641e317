/**
 * One life of helloworld-go under five controllers, while caches lag, writes
 * are refused and the process dies by the throw of a die; and what must hold
 * when that is over.
 */
import { newModified } from '../../runnable/apiserver/api-error.ts';
import { services as coreServices } from '../../runnable/apiserver/kinds.ts';
import type { Gvr, KObject, Store } from '../../runnable/apiserver/store.ts';
import { getCondition } from '../../runnable/knative/apis/duck/v1alpha1/condition-set.ts';
import type { ClusterIngressObject } from '../../runnable/knative/apis/networking/v1alpha1/clusteringress-types.ts';
import {
  clusterIngresses,
  configurations,
  revisions,
  routes,
  services,
  virtualServices,
} from '../../runnable/knative/apis/resources.ts';
import { newController as newClusterIngressController } from '../../runnable/knative/reconciler/v1alpha1/clusteringress/controller.ts';
import { newController as newConfigurationController } from '../../runnable/knative/reconciler/v1alpha1/configuration/controller.ts';
import { newRouteToConfigurationController } from '../../runnable/knative/reconciler/v1alpha1/labeler/controller.ts';
import { newController as newRouteController } from '../../runnable/knative/reconciler/v1alpha1/route/controller.ts';
import { newController as newServiceController } from '../../runnable/knative/reconciler/v1alpha1/service/controller.ts';
import {
  apply,
  change,
} from '../../runnable/scenarios/knative/02-service/played.ts';
import { reportReady } from '../../runnable/scenarios/knative/05-route/played.ts';
import { Stage } from '../../runnable/scenarios/knative/05-route/stage.ts';
import { helloworld } from '../../runnable/scenarios/knative/helloworld.ts';
import type { SetUp } from '../../runnable/scenarios/knative/stage.ts';
import { Chance } from '../../runnable/sim/chance.ts';
import { Sim } from '../../runnable/sim/sim.ts';
import { ports } from '../../src/ports/ports.ts';

/** How long things go wrong, from the start and from the deletion. */
const trouble = 6000;
/** By then every back-off has run out: once for serving, once for leaving. */
const settled = 120_000;
const kinds = [
  ...[services, configurations, routes, revisions],
  ...[clusterIngresses, virtualServices, coreServices],
];
const refusable = ['create', 'update', 'updateStatus', 'patch', 'delete'];

export class ScheduleRun extends Stage {
  readonly #chance: Chance;
  #process: Sim | undefined;

  constructor(seed: number) {
    super(new Sim({ seed }), ports);
    this.#chance = new Chance(seed);
  }

  /** What does not hold; empty when all went well. */
  async run(): Promise<string[]> {
    return this.sim.run(async () => {
      await this.#restart();
      this.#die([this.#moment(), this.#moment()]);
      this.#runPods();
      await apply(this, helloworld());
      await this.at(this.#moment());
      await change(this, helloworld('Go Sample v2').spec);
      await this.at(settled);
      const served = this.#notServed();
      await this.client.services.delete(this.namespace, this.name);
      this.#die([settled + this.#moment()]);
      await this.at(2 * settled);
      const left = kinds.flatMap((gvr) => this.store.peekAll(gvr));
      return [
        ...served,
        ...left.map(({ kind, metadata }) => `${kind} ${metadata.name} is left`),
      ];
    });
  }

  #moment(): number {
    return this.#chance.below(trouble);
  }

  get #isCalm(): boolean {
    return this.elapsed % settled >= trouble;
  }

  /** Plays the revision controller: whatever is made becomes ready. */
  #runPods(): void {
    this.sim.go('pods', async () => {
      for (let moment = 300; moment < settled / 2; moment += 300) {
        await this.at(moment);
        for (const { metadata, status } of this.revisions) {
          if (status === undefined) await reportReady(this, metadata.name);
        }
      }
    });
  }

  #die(moments: readonly number[]): void {
    for (const moment of moments) {
      this.sim.go('death', async () => {
        await this.at(moment);
        this.#process?.kill();
        await this.#restart();
      });
    }
  }

  async #restart(): Promise<void> {
    const process = this.sim.process();
    this.#process = process;
    const lag = (most: number): number =>
      1 + (this.#isCalm ? 0 : this.#chance.below(most));
    const options = {
      deliverAfter: () => lag(40),
      answerAfter: (verb: string) => (verb === 'list' ? 0 : lag(10)),
    };
    await this.start(this.#setUp, options, process);
  }

  readonly #setUp: SetUp = (common, caches) => {
    const options = { ...common, store: this.#refusing(common.store) };
    const informers = {
      services: caches.forResource(services),
      configurations: caches.forResource(configurations),
      routes: caches.forResource(routes),
      revisions: caches.forResource(revisions),
    };
    const ingresses = {
      clusterIngresses: caches.forResource(clusterIngresses),
      virtualServices: caches.forResource(virtualServices),
    };
    return {
      configuration: newConfigurationController(options, informers, (bytes) =>
        ports.sha256(bytes),
      ),
      labeler: newRouteToConfigurationController(options, informers),
      route: newRouteController(
        options,
        {
          ...informers,
          ...ingresses,
          services: caches.forResource(coreServices),
        },
        (text) => ports.parseYaml(text),
      ),
      service: newServiceController(options, informers),
      clusteringress: newClusterIngressController(options, ingresses),
    };
  };

  /** The store, which now and then says that somebody else was first. */
  #refusing(store: Store): Store {
    return {
      resource: <O extends KObject>(gvr: Gvr) =>
        new Proxy(store.resource<O>(gvr), {
          get: (target, name) => {
            const method: unknown = Reflect.get(target, name);
            if (typeof method !== 'function') return method;
            return (...args: unknown[]): unknown => {
              const refused =
                refusable.includes(String(name)) &&
                !this.#isCalm &&
                this.#chance.below(10) === 0;
              if (refused) return Promise.reject(newModified(gvr, this.name));
              return Reflect.apply(method, target, args);
            };
          },
        }),
    };
  }

  /** What keeps the second generation from being served to everybody. */
  #notServed(): string[] {
    const { service, configuration, route, name } = this;
    const latest = configuration?.status?.latestReadyRevisionName ?? '';
    const generation = configuration?.metadata.generation;
    const { labels = {} } = this.revision(latest)?.metadata ?? {};
    const ingresses =
      this.store.peekAll<ClusterIngressObject>(clusterIngresses);
    const [rule] = ingresses[0]?.spec?.rules ?? [];
    const [split] = rule?.http?.paths?.[0]?.splits ?? [];
    const finalizers = route?.metadata.finalizers ?? [];
    const holds: Readonly<Record<string, boolean>> = {
      'the Service is Ready':
        getCondition(service?.status, 'Ready')?.status === 'True',
      'its status is that of its last change':
        service?.status?.observedGeneration === service?.metadata.generation,
      'the latest ready Revision is of the last generation':
        labels['serving.knative.dev/configurationMetadataGeneration'] ===
        String(generation),
      'the Route names it':
        route?.status?.traffic?.[0]?.revisionName === latest,
      'the ingress leads there': split?.serviceName === `${latest}-service`,
      'there is one ingress': ingresses.length === 1,
      'there is one VirtualService':
        this.store.peekAll(virtualServices).length === 1,
      'there is a placeholder':
        this.store.peek(coreServices, this.namespace, name) !== undefined,
      'the finalizer is there': finalizers.length === 1,
      'the label is there':
        configuration?.metadata.labels?.['serving.knative.dev/route'] === name,
    };
    return Object.keys(holds).filter((claim) => holds[claim] !== true);
  }
}
