/**
 * The controllers that can be tried on their own, by name.
 */
import { services as coreServices } from '../../../apiserver/kinds.ts';
import {
  clusterIngresses,
  configurations,
  revisions,
  routes,
  services,
  virtualServices,
} from '../../apis/resources.ts';
import { newTracker } from '../../tracker/enqueue.ts';
import { Reconciler as ClusterIngressReconciler } from '../v1alpha1/clusteringress/clusteringress.ts';
import { Store as ClusterIngressConfigStore } from '../v1alpha1/clusteringress/config/store.ts';
import { Reconciler as ConfigurationReconciler } from '../v1alpha1/configuration/configuration.ts';
import type { Sha256 } from '../v1alpha1/configuration/resources/build.ts';
import { Reconciler as LabelerReconciler } from '../v1alpha1/labeler/labeler.ts';
import type { ParseYaml } from '../v1alpha1/route/config/domain.ts';
import { Store as RouteConfigStore } from '../v1alpha1/route/config/store.ts';
import { Reconciler as RouteReconciler } from '../v1alpha1/route/route.ts';
import { Reconciler as ServiceReconciler } from '../v1alpha1/service/service.ts';
import type { Build } from './reconcile-once.ts';

/** The service controller. */
export const buildService: Build = (options, listerOf) =>
  new ServiceReconciler(options, {
    services: listerOf(services),
    configurations: listerOf(configurations),
    routes: listerOf(routes),
  });

/**
 * The configuration controller.
 *
 * @param sha256 marks Builds, so that one of the same content is found
 */
export function buildConfiguration(sha256: Sha256): Build {
  return (options, listerOf) =>
    new ConfigurationReconciler(
      options,
      {
        configurations: listerOf(configurations),
        revisions: listerOf(revisions),
      },
      sha256,
    );
}

/** The labeler. */
export const buildLabeler: Build = (options, listerOf) =>
  new LabelerReconciler(options, {
    routes: listerOf(routes),
    configurations: listerOf(configurations),
    revisions: listerOf(revisions),
  });

/** The clusteringress controller. */
export const buildClusterIngress: Build = (options, listerOf) => {
  const { sim, logger, configMapWatcher } = options;
  const configStore = new ClusterIngressConfigStore(sim, logger);
  configStore.watchConfigs(configMapWatcher);
  return new ClusterIngressReconciler(
    options,
    {
      clusterIngresses: listerOf(clusterIngresses),
      virtualServices: listerOf(virtualServices),
    },
    configStore,
  );
};

/**
 * The route controller. Whom it tracks leads nowhere, for nothing changes.
 *
 * @param parseYaml reads the selectors of domains
 */
export function buildRoute(parseYaml: ParseYaml): Build {
  return (options, listerOf) => {
    const { sim, logger, configMapWatcher, resyncPeriod } = options;
    const configStore = new RouteConfigStore({ sim, logger, parseYaml });
    configStore.watchConfigs(configMapWatcher);
    const tracker = newTracker(() => undefined, resyncPeriod, sim.clock);
    return new RouteReconciler(
      options,
      {
        routes: listerOf(routes),
        configurations: listerOf(configurations),
        revisions: listerOf(revisions),
        services: listerOf(coreServices),
        clusterIngresses: listerOf(clusterIngresses),
      },
      { configStore, tracker },
    );
  };
}
