/**
 * One life of helloworld-go under the service controller, the configuration
 * controller, the route controller and the labeler, whose process dies right
 * after one write and is started again.
 */
import { services as coreServices } from '../../runnable/apiserver/kinds.ts';
import {
  clusterIngresses,
  configurations,
  revisions,
  routes,
  services,
} from '../../runnable/knative/apis/resources.ts';
import { newController as newConfigurationController } from '../../runnable/knative/reconciler/v1alpha1/configuration/controller.ts';
import { newRouteToConfigurationController } from '../../runnable/knative/reconciler/v1alpha1/labeler/controller.ts';
import { newController as newRouteController } from '../../runnable/knative/reconciler/v1alpha1/route/controller.ts';
import { newController as newServiceController } from '../../runnable/knative/reconciler/v1alpha1/service/controller.ts';
import {
  apply,
  change,
} from '../../runnable/scenarios/knative/02-service/played.ts';
import {
  reportIngress,
  reportReady,
} from '../../runnable/scenarios/knative/05-route/played.ts';
import { Stage } from '../../runnable/scenarios/knative/05-route/stage.ts';
import { helloworld } from '../../runnable/scenarios/knative/helloworld.ts';
import { Sim } from '../../runnable/sim/sim.ts';
import { ports } from '../../src/ports/ports.ts';
import { CrashingStore, lasting } from './crashing-store.ts';

const kinds = [
  ...[services, configurations, routes, revisions],
  ...[clusterIngresses, coreServices],
];
/** What came of a run. */
export interface End {
  /** All objects, without what depends on when and how often they were written. */
  readonly served: readonly unknown[];
  /** The same after the user has deleted the Service. */
  readonly left: readonly unknown[];
  /** What the controllers wrote, in order. */
  readonly written: readonly string[];
}

export class CrashingRun extends Stage {
  readonly #crashing: CrashingStore;

  /** @param crashAfter how many writes the process lives for at first */
  constructor(crashAfter: number) {
    super(new Sim({ seed: 1 }), ports);
    this.#crashing = new CrashingStore(this.sim, crashAfter, () =>
      this.#startControllers(),
    );
  }

  async run(): Promise<End> {
    return this.sim.run(async () => {
      await this.#startControllers();
      await apply(this, helloworld());
      await this.#becomeReady(1000);
      await this.at(2000);
      await reportIngress(this);
      await this.at(3000);
      await change(this, helloworld('Go Sample v2').spec);
      await this.#becomeReady(4000);
      await this.at(6000);
      const served = this.#objects;
      await this.client.services.delete(this.namespace, this.name);
      await this.at(8000);
      const { written } = this.#crashing;
      return { served, left: this.#objects, written };
    });
  }

  /** Plays the revision controller. */
  async #becomeReady(moment: number): Promise<void> {
    await this.at(moment);
    for (const { metadata, status } of this.revisions) {
      if (status === undefined) await reportReady(this, metadata.name);
    }
  }

  get #objects(): unknown[] {
    return kinds.flatMap((gvr) => this.store.peekAll(gvr)).map(lasting);
  }

  async #startControllers(): Promise<void> {
    const process = this.sim.process();
    await this.start(
      (common, caches) => {
        const options = {
          ...common,
          store: this.#crashing.reachedBy(process, common.store),
        };
        const informers = {
          services: caches.forResource(services),
          configurations: caches.forResource(configurations),
          routes: caches.forResource(routes),
          revisions: caches.forResource(revisions),
        };
        return {
          configuration: newConfigurationController(
            options,
            informers,
            (bytes) => ports.sha256(bytes),
          ),
          labeler: newRouteToConfigurationController(options, informers),
          route: newRouteController(
            options,
            {
              ...informers,
              services: caches.forResource(coreServices),
              clusterIngresses: caches.forResource(clusterIngresses),
            },
            (text) => ports.parseYaml(text),
          ),
          service: newServiceController(options, informers),
        };
      },
      {},
      process,
    );
  }
}
