/**
 * The service controller: makes a Configuration and a Route of each Service,
 * keeps them as the Service wants them, and reports on the Service what
 * becomes of them.
 *
 * A key says which Service to look at, never what happened. A run starts from
 * the caches alone: it works out what should be there and writes what differs.
 */
import { deepCopy } from '../../../../apiserver/objects.ts';
import { sprintf } from '../../../../apiserver/sprintf.ts';
import type { Lister } from '../../../../client-go/tools/cache/listers.ts';
import { getCondition } from '../../../apis/duck/v1alpha1/condition-set.ts';
import { isTrue } from '../../../apis/duck/v1alpha1/conditions-types.ts';
import {
  deepEqual,
  semanticDeepEqual,
} from '../../../apis/equality/equality.ts';
import { services } from '../../../apis/resources.ts';
import type { ConfigurationObject } from '../../../apis/serving/v1alpha1/configuration-types.ts';
import type { RouteObject } from '../../../apis/serving/v1alpha1/route-types.ts';
import {
  serviceConditionReady,
  serviceConditionRoutesReady,
} from '../../../apis/serving/v1alpha1/service-status.ts';
import { Service } from '../../../apis/serving/v1alpha1/service-types.ts';
import type { ServiceObject } from '../../../apis/serving/v1alpha1/service-types.ts';
import { isControlledBy } from '../../../kmeta/owner-references.ts';
import { Base, notInCache } from '../../reconciler.ts';
import type { Options } from '../../reconciler.ts';
import {
  configSemanticEquals,
  ignoreRouteLabelChange,
  isTrafficMigrated,
  keepGeneration,
  repaired,
  routeSemanticEquals,
} from './differences.ts';
import {
  recordCreated,
  recordCreationFailed,
  recordUpdated,
  recordUpdateFailed,
} from './events.ts';
import { makeConfiguration } from './resources/configuration.ts';
import * as names from './resources/names/names.ts';
import { makeRoute } from './resources/route.ts';

/** The caches that the controller reads; it never asks the API server. */
export interface Listers {
  readonly services: Lister<ServiceObject>;
  readonly configurations: Lister<ConfigurationObject>;
  readonly routes: Lister<RouteObject>;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/service/service.go Reconciler
 */
export class Reconciler extends Base {
  readonly #listers: Listers;

  constructor(options: Options, listers: Listers) {
    super(options, 'service-controller');
    this.#listers = listers;
  }

  /**
   * Looks at the Service that `key` names and does what is missing.
   *
   * The work is done on a deep copy, for everybody shares what is in a cache.
   * The status is written even if the work failed, so that the user sees how
   * far it got; if that write fails too, its error hides the first.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/service/service.go Reconciler.Reconcile
   * @throws {Error} when something could not be done: the key is tried again
   */
  async reconcile(key: string): Promise<void> {
    const split = this.splitKey(key);
    if (split === undefined) return;
    const [namespace, name] = split;
    const original = this.#listers.services.byNamespace(namespace).get(name);
    if (original === undefined) {
      this.logger.errorf('service %q in work queue no longer exists', key);
      return;
    }
    const service = new Service(original, this.clock);

    let reconciled = false;
    try {
      if (service.spec.manual !== undefined) service.status.setManualStatus();
      else await this.#reconcile(service);
      reconciled = true;
    } finally {
      if (!semanticDeepEqual(original.status, service.status)) {
        await this.#writeStatus(service, reconciled);
      }
    }
  }

  /**
   * First the Configuration, then the Route, then the question whether the
   * Route has caught up with the Configuration. What goes wrong ends the run,
   * so a Route is not made before its Configuration.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/service/service.go Reconciler.reconcile
   */
  async #reconcile(service: Service): Promise<void> {
    // The children go by themselves, because they name this Service as owner.
    if (service.metadata.deletionTimestamp !== undefined) return;

    service.setDefaults();
    service.status.initializeConditions();

    const config = await this.#configuration(service);
    service.status.propagateConfigurationStatus(config.status ?? {});

    const route = await this.#route(service);
    service.status.propagateRouteStatus(route.status ?? {});

    // A Route can be ready and still serve the Revision before.
    const rc = service.status.getCondition(serviceConditionRoutesReady);
    if (isTrue(rc) && !isTrafficMigrated(route, config)) {
      service.status.markRouteNotYetReady();
    }
    service.status.observedGeneration = service.metadata.generation;
  }

  /**
   * Finds the Configuration or creates it, and repairs one that drifted.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/service/service.go Reconciler.reconcile (part)
   * @throws {Error} when another object or nobody controls what has its name
   */
  async #configuration(service: Service): Promise<ConfigurationObject> {
    const { name, namespace = '' } = service.metadata;
    const configName = names.configuration(service);
    const lister = this.#listers.configurations.byNamespace(namespace);
    const config = lister.get(configName);
    if (config === undefined) return this.#createConfiguration(service);
    if (isControlledBy(config, service)) {
      return this.#reconcileConfiguration(service, config);
    }
    service.status.markConfigurationNotOwned(configName);
    throw new Error(
      sprintf('Service: %q does not own Configuration: %q', name, configName),
    );
  }

  /**
   * Finds the Route or creates it, and repairs one that drifted.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/service/service.go Reconciler.reconcile (part)
   * @throws {Error} when another object or nobody controls what has its name
   */
  async #route(service: Service): Promise<RouteObject> {
    const { name, namespace = '' } = service.metadata;
    const routeName = names.route(service);
    const route = this.#listers.routes.byNamespace(namespace).get(routeName);
    if (route === undefined) return this.#createRoute(service);
    if (isControlledBy(route, service)) {
      return this.#reconcileRoute(service, route);
    }
    service.status.markRouteNotOwned(routeName);
    throw new Error(
      sprintf('Service: %q does not own Route: %q', name, routeName),
    );
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/service/service.go Reconciler.createConfiguration
   * @story on store.create.refused: The lister has no Configuration of that name;
   *   the service controller tries to create one and is refused.
   * @story when service.spec.runLatest: on store.create: Because the lister has
   *   no Configuration of that name, the service controller creates one from
   *   the `runLatest` block.
   * @story on store.create: Because the lister has no Configuration of that
   *   name, the service controller creates one from the Service's spec.
   */
  async #createConfiguration(service: Service): Promise<ConfigurationObject> {
    try {
      const desired = makeConfiguration(service);
      const config = await this.servingClient.configurations.create(desired);
      recordCreated(this.recorder, service, 'Configuration');
      return config;
    } catch (error) {
      recordCreationFailed(this.recorder, service, 'Configuration', error);
      throw error;
    }
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/service/service.go Reconciler.createRoute
   * @story when service.spec.runLatest: on store.create: No Route
   *   {service.metadata.name} exists; the controller creates one that sends
   *   everything to the Configuration.
   * @story on store.create: No Route {service.metadata.name} exists; the controller creates
   *   one with the traffic that the Service's mode asks for.
   */
  async #createRoute(service: Service): Promise<RouteObject> {
    try {
      const desired = makeRoute(service);
      const route = await this.servingClient.routes.create(desired);
      recordCreated(this.recorder, service, 'Route');
      return route;
    } catch (error) {
      recordCreationFailed(this.recorder, service, 'Route', error);
      throw error;
    }
  }

  /**
   * Gives a Configuration back the spec and the labels that the Service wants.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/service/service.go Reconciler.reconcileConfiguration
   * @story on store.update: Since the Configuration differs from what the Service
   *   wants, the controller writes spec and labels and leaves the rest alone.
   */
  async #reconcileConfiguration(
    service: Service,
    config: ConfigurationObject,
  ): Promise<ConfigurationObject> {
    const desired = makeConfiguration(service);
    ignoreRouteLabelChange(config, desired);
    keepGeneration(desired, config);
    if (configSemanticEquals(desired, config)) return config;

    this.logger.infof('Reconciling configuration %q', config.metadata.name);
    return this.servingClient.configurations.update(repaired(config, desired));
  }

  /**
   * Gives a Route back the spec and the labels that the Service wants.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/service/service.go Reconciler.reconcileRoute
   * @story on store.update: Since the Route differs from what the Service wants,
   *   the controller writes spec and labels and leaves the rest alone.
   */
  async #reconcileRoute(
    service: Service,
    route: RouteObject,
  ): Promise<RouteObject> {
    const desired = makeRoute(service);
    keepGeneration(desired, route);
    if (routeSemanticEquals(desired, route)) return route;

    this.logger.infof('Reconciling route %q', route.metadata.name);
    return this.servingClient.routes.update(repaired(route, desired));
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/service/service.go Reconciler.Reconcile (part)
   */
  async #writeStatus(service: Service, reconciled: boolean): Promise<void> {
    try {
      await this.#updateStatus(service);
    } catch (error) {
      this.logger.warnf('Failed to update service status: %v', error);
      recordUpdateFailed(this.recorder, service, error);
      throw error;
    }
    if (reconciled) recordUpdated(this.recorder, service);
  }

  /**
   * Puts the new status on a fresh copy of the cached Service, so that nothing
   * else of the working copy, such as its defaults, is ever written.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/service/service.go Reconciler.updateStatus
   * @omits measuring how long the Service took to become ready
   * @story when becomesReady: on store.updateStatus: The Service is written as Ready.
   * @story when !before: on store.updateStatus: The copy of the Service has another
   *   status by now than the cached one; that is written, and nothing else of it.
   * @story on store.updateStatus: The service controller writes what it has learned
   *   and records the event `Updated`.
   */
  async #updateStatus(desired: Service): Promise<void> {
    const { name, namespace = '' } = desired.metadata;
    const service = this.#listers.services.byNamespace(namespace).get(name);
    if (service === undefined) throw notInCache(services, name);
    const { status: before } = service;
    if (deepEqual(before, desired.status)) return;

    const wasReady = isTrue(getCondition(before, serviceConditionReady));
    const becomesReady = desired.status.isReady() && !wasReady;
    const existing = deepCopy(service);
    existing.status = deepCopy(desired.status);
    await this.servingClient.services.updateStatus(existing);
    if (becomesReady) this.logger.infof('Service %q became ready', name);
  }
}
