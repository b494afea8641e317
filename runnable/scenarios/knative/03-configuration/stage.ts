/**
 * The stage of this chapter: the real configuration controller with two
 * workers.
 *
 * The revision controller and the route controller are played: what they
 * would write on a Revision, the scenario writes.
 */
import type { ClientOptions } from '../../../apiserver/memory-client.ts';
import { configurations, revisions } from '../../../knative/apis/resources.ts';
import type { ConfigurationObject } from '../../../knative/apis/serving/v1alpha1/configuration-types.ts';
import { newController } from '../../../knative/reconciler/v1alpha1/configuration/controller.ts';
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import { template } from '../helloworld.ts';
import { KnativeStage } from '../stage.ts';

export class Stage extends KnativeStage {
  readonly #ports: Ports;

  constructor(sim: Sim, ports: Ports) {
    super(sim, helloworld());
    this.#ports = ports;
  }

  /** Starts the caches and the controller. */
  async startController(options: ClientOptions = {}): Promise<void> {
    await this.start(
      (common, caches) => ({
        configuration: newController(
          common,
          {
            configurations: caches.forResource(configurations),
            revisions: caches.forResource(revisions),
          },
          (bytes) => this.#ports.sha256(bytes),
        ),
      }),
      options,
    );
  }

  /** The name that the API server makes for the nth Revision. */
  nth(count: number): string {
    return `${this.name}-${String(count).padStart(5, '0')}`;
  }

  /** What a run of this chapter ends with. */
  get result(): unknown {
    return {
      configuration: this.configuration,
      revisions: this.revisions.map(({ metadata }) => metadata.name),
    };
  }
}

/** A Configuration that no Service made: users may write one themselves. */
export function helloworld(): ConfigurationObject {
  return {
    apiVersion: 'serving.knative.dev/v1alpha1',
    kind: 'Configuration',
    metadata: { name: 'helloworld-go', namespace: 'default' },
    spec: template('Go Sample v1'),
  };
}
