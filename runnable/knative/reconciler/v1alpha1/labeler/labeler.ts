/**
 * The labeler: writes on each Configuration which Route sends traffic to it.
 *
 * A Route names Configurations, and nothing on a Configuration says so. The
 * label closes the circle, for people and for queries. It is read from the
 * Route's status: what counts is where traffic goes, not where it should go.
 */
import type { Lister } from '../../../../client-go/tools/cache/listers.ts';
import { revisions } from '../../../apis/resources.ts';
import type { ConfigurationObject } from '../../../apis/serving/v1alpha1/configuration-types.ts';
import type { RevisionObject } from '../../../apis/serving/v1alpha1/revision-types.ts';
import type { RouteObject } from '../../../apis/serving/v1alpha1/route-types.ts';
import { getControllerOf } from '../../../kmeta/owner-references.ts';
import { Base, notInCache } from '../../reconciler.ts';
import type { Options } from '../../reconciler.ts';
import {
  deleteLabelForOutsideOfGivenConfigurations,
  setLabelForGivenConfigurations,
} from './labels.ts';

/** The caches that the controller reads. */
export interface Listers {
  readonly routes: Lister<RouteObject>;
  readonly configurations: Lister<ConfigurationObject>;
  readonly revisions: Lister<RevisionObject>;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/labeler/labeler.go Reconciler
 */
export class Reconciler extends Base {
  readonly #listers: Listers;

  constructor(options: Options, listers: Listers) {
    super(options, 'labeler-controller');
    this.#listers = listers;
  }

  /**
   * Looks at the Route that `key` names. One that is gone leaves no label
   * behind. There is no status to write, and no event is recorded.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/labeler/labeler.go Reconciler.Reconcile
   * @throws {Error} when something could not be done: the key is tried again
   */
  async reconcile(key: string): Promise<void> {
    const split = this.splitKey(key);
    if (split === undefined) return;
    const [namespace, name] = split;
    const route = this.#listers.routes.byNamespace(namespace).get(name);
    if (route === undefined) {
      this.logger.infof('Clearing labels for deleted Route: %q', key);
      const configurations = this.#configurationsOf(namespace);
      await deleteLabelForOutsideOfGivenConfigurations(
        this.servingClient,
        configurations,
        { name, keep: [] },
      );
      return;
    }
    await this.#syncLabels(route);
  }

  /**
   * First takes the label from Configurations that no longer get traffic, then
   * gives it to those that do.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/labeler/labels.go Reconciler.syncLabels
   * @throws {Error} when a Revision that gets traffic is not in the cache
   */
  async #syncLabels(route: RouteObject): Promise<void> {
    const { name, namespace = '' } = route.metadata;
    const revisionLister = this.#listers.revisions.byNamespace(namespace);
    const configs = new Set<string>();
    for (const { revisionName = '' } of route.status?.traffic ?? []) {
      const rev = revisionLister.get(revisionName);
      if (rev === undefined) throw notInCache(revisions, revisionName);
      const owner = getControllerOf(rev);
      if (owner?.kind === 'Configuration') configs.add(owner.name);
    }

    const configurations = this.#configurationsOf(namespace);
    await deleteLabelForOutsideOfGivenConfigurations(
      this.servingClient,
      configurations,
      { name, keep: [...configs] },
    );
    await setLabelForGivenConfigurations(
      this.servingClient,
      configurations,
      route,
      [...configs].sort(),
    );
  }

  #configurationsOf(namespace: string) {
    return this.#listers.configurations.byNamespace(namespace);
  }
}
