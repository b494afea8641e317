/**
 * The stage of this chapter: the real service controller with two workers.
 *
 * The configuration controller, the route controller and the labeler are
 * played: what they would write, the scenario writes.
 */
import type { ClientOptions } from '../../../apiserver/memory-client.ts';
import {
  configurations,
  routes,
  services,
} from '../../../knative/apis/resources.ts';
import { newController } from '../../../knative/reconciler/v1alpha1/service/controller.ts';
import { KnativeStage } from '../stage.ts';

export class Stage extends KnativeStage {
  /** Starts the caches and the controller. */
  async startController(options: ClientOptions = {}): Promise<void> {
    await this.start(
      (common, caches) => ({
        service: newController(common, {
          services: caches.forResource(services),
          configurations: caches.forResource(configurations),
          routes: caches.forResource(routes),
        }),
      }),
      options,
    );
  }
}
