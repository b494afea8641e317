/**
 * The stage of this chapter: three real controllers in one process, which may
 * die and be started again.
 */
import type { ClientOptions } from '../../../apiserver/memory-client.ts';
import {
  configurations,
  revisions,
  routes,
  services,
} from '../../../knative/apis/resources.ts';
import { newController as newConfigurationController } from '../../../knative/reconciler/v1alpha1/configuration/controller.ts';
import { newRouteToConfigurationController } from '../../../knative/reconciler/v1alpha1/labeler/controller.ts';
import { newController as newServiceController } from '../../../knative/reconciler/v1alpha1/service/controller.ts';
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import { helloworld } from '../helloworld.ts';
import { KnativeStage } from '../stage.ts';

export class Stage extends KnativeStage {
  readonly #ports: Ports;

  constructor(sim: Sim, ports: Ports) {
    super(sim, helloworld());
    this.#ports = ports;
  }

  /** The name that the API server makes for the first Revision. */
  get first(): string {
    return `${this.name}-00001`;
  }

  /**
   * Starts a process with caches and controllers of its own.
   *
   * @returns the process, to be killed
   */
  async startProcess(options: ClientOptions = {}): Promise<Sim> {
    const process = this.sim.process();
    await this.start(
      (common, caches) => {
        const informers = {
          configurations: caches.forResource(configurations),
          revisions: caches.forResource(revisions),
          routes: caches.forResource(routes),
          services: caches.forResource(services),
        };
        return {
          configuration: newConfigurationController(
            common,
            informers,
            (bytes) => this.#ports.sha256(bytes),
          ),
          labeler: newRouteToConfigurationController(common, informers),
          service: newServiceController(common, informers),
        };
      },
      options,
      process,
    );
    return process;
  }
}
