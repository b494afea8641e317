/**
 * The process of the six controllers.
 *
 * They share one set of caches and never call each other: what one of them
 * writes reaches the others through the API server, as news of an object.
 */
import {
  configMaps,
  deployments,
  endpoints,
  services as k8sServices,
} from '../../../apiserver/kinds.ts';
import type { SharedInformerFactory } from '../../../client-go/informers/factory.ts';
import {
  clusterIngresses,
  configurations,
  images,
  podAutoscalers,
  revisions,
  routes,
  services,
  virtualServices,
} from '../../apis/resources.ts';
import type { Impl } from '../../controller/controller.ts';
import type { Options } from '../../reconciler/reconciler.ts';
import { newController as newClusterIngressController } from '../../reconciler/v1alpha1/clusteringress/controller.ts';
import { newController as newConfigurationController } from '../../reconciler/v1alpha1/configuration/controller.ts';
import type { Sha256 } from '../../reconciler/v1alpha1/configuration/resources/build.ts';
import { newRouteToConfigurationController } from '../../reconciler/v1alpha1/labeler/controller.ts';
import { newController as newRevisionController } from '../../reconciler/v1alpha1/revision/controller.ts';
import type { Outside as RevisionOutside } from '../../reconciler/v1alpha1/revision/controller.ts';
import type { ParseYaml } from '../../reconciler/v1alpha1/route/config/domain.ts';
import { newController as newRouteController } from '../../reconciler/v1alpha1/route/controller.ts';
import { newController as newServiceController } from '../../reconciler/v1alpha1/service/controller.ts';

/** What the process reaches beside the cluster's API, and what it is handed. */
export interface Outside extends RevisionOutside {
  /** Marks Builds, so that one of the same content is found. */
  readonly sha256: Sha256;
  /** Reads the selectors of domains. */
  readonly parseYaml: ParseYaml;
}

/**
 * The controllers by their names, in upstream's order. Each is handed the
 * informers it asks for; who asks for the same kind gets the same cache.
 *
 * @upstream knative/serving v0.4.1
 *   cmd/controller/main.go main (part)
 * @differs who calls this starts the caches, waits for them, and runs each
 *   controller with two workers, as the rest of upstream's function does
 */
export function newControllers(
  options: Options,
  caches: SharedInformerFactory,
  { sha256, parseYaml, registry, builds }: Outside,
): Readonly<Record<string, Impl>> {
  const serving = {
    configurations: caches.forResource(configurations),
    revisions: caches.forResource(revisions),
    routes: caches.forResource(routes),
  };
  const coreServices = caches.forResource(k8sServices);
  const ingresses = caches.forResource(clusterIngresses);
  return {
    configuration: newConfigurationController(options, serving, sha256),
    revision: newRevisionController(
      options,
      {
        revisions: serving.revisions,
        podAutoscalers: caches.forResource(podAutoscalers),
        images: caches.forResource(images),
        deployments: caches.forResource(deployments),
        services: coreServices,
        endpoints: caches.forResource(endpoints),
        configMaps: caches.forResource(configMaps),
      },
      { registry, builds },
    ),
    route: newRouteController(
      options,
      { ...serving, services: coreServices, clusterIngresses: ingresses },
      parseYaml,
    ),
    labeler: newRouteToConfigurationController(options, serving),
    service: newServiceController(options, {
      ...serving,
      services: caches.forResource(services),
    }),
    clusteringress: newClusterIngressController(options, {
      clusterIngresses: ingresses,
      virtualServices: caches.forResource(virtualServices),
    }),
  };
}
