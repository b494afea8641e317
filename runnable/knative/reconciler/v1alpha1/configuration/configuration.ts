/**
 * The configuration controller: makes a Revision of every generation of a
 * Configuration, and says which one was made last and which one became ready
 * last.
 *
 * Those two differ whenever a new Revision is still starting, or has failed.
 * Routes follow the ready one, so that a bad change takes no traffic away.
 */
import { deepCopy } from '../../../../apiserver/objects.ts';
import { sprintf } from '../../../../apiserver/sprintf.ts';
import type { Lister } from '../../../../client-go/tools/cache/listers.ts';
import type { ObjectReference } from '../../../apis/core/v1/types.ts';
import { getCondition } from '../../../apis/duck/v1alpha1/condition-set.ts';
import {
  deepEqual,
  semanticDeepEqual,
} from '../../../apis/equality/equality.ts';
import { configurations } from '../../../apis/resources.ts';
import {
  configurationLabelKey,
  configurationMetadataGenerationLabelKey,
} from '../../../apis/serving/register.ts';
import { Configuration } from '../../../apis/serving/v1alpha1/configuration-types.ts';
import type { ConfigurationObject } from '../../../apis/serving/v1alpha1/configuration-types.ts';
import { revisionConditionReady } from '../../../apis/serving/v1alpha1/revision-status.ts';
import type { RevisionObject } from '../../../apis/serving/v1alpha1/revision-types.ts';
import type { Config } from '../../../gc/config.ts';
import { Base, notInCache } from '../../reconciler.ts';
import type { Options } from '../../reconciler.ts';
import { findOrCreateBuild } from './builds.ts';
import { Store } from './config/store.ts';
import { isRevisionStale, oldRevisions } from './gc.ts';
import { makeBuild } from './resources/build.ts';
import type { Sha256 } from './resources/build.ts';
import { makeRevision } from './resources/revision.ts';

/** The caches that the controller reads. */
export interface Listers {
  readonly configurations: Lister<ConfigurationObject>;
  readonly revisions: Lister<RevisionObject>;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/configuration/configuration.go Reconciler
 */
export class Reconciler extends Base {
  readonly #listers: Listers;
  readonly #configStore: Store;
  readonly #sha256: Sha256;

  constructor(options: Options, listers: Listers, sha256: Sha256) {
    super(options, 'configuration-controller');
    this.#listers = listers;
    this.#configStore = new Store(options.sim, this.logger);
    this.#configStore.watchConfigs(options.configMapWatcher);
    this.#sha256 = sha256;
  }

  /**
   * Looks at the Configuration that `key` names and does what is missing.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/configuration/configuration.go Reconciler.Reconcile
   * @throws {Error} when something could not be done: the key is tried again
   */
  async reconcile(key: string): Promise<void> {
    const split = this.splitKey(key);
    if (split === undefined) return;
    const { revisionGC } = this.#configStore.load();
    const [namespace, name] = split;
    const lister = this.#listers.configurations.byNamespace(namespace);
    const original = lister.get(name);
    if (original === undefined) {
      this.logger.errorf(
        'configuration %q in work queue no longer exists',
        key,
      );
      return;
    }
    const config = new Configuration(original, this.clock);
    try {
      await this.#reconcile(config, revisionGC);
    } finally {
      // Also after an error; an error of this write hides the first.
      if (!semanticDeepEqual(original.status, config.status)) {
        await this.#writeStatus(config);
      }
    }
  }

  /**
   * Finds or makes the Revision of this generation, takes note of how it is,
   * and deletes Revisions that nobody has used for long.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/configuration/configuration.go Reconciler.reconcile
   */
  async #reconcile(config: Configuration, gc: Config): Promise<void> {
    if (config.metadata.deletionTimestamp !== undefined) return;
    config.setDefaults();
    config.status.initializeConditions();

    const lcr =
      this.#latestCreatedRevision(config) ??
      (await this.#createRevisionOrSayWhy(config));

    config.status.setLatestCreatedRevisionName(lcr.metadata.name);
    config.status.observedGeneration = config.metadata.generation;
    this.#observe(config, lcr);
    await this.#gcRevisions(config, gc);
  }

  /**
   * Takes note of whether the newest Revision is ready.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/configuration/configuration.go Reconciler.reconcile (part)
   * @story when rc.status == 'True': Revision {name} is ready, so it is the one that
   *   Routes are told of.
   * @story when rc.status == 'False': Revision {name} has failed; the latest ready
   *   one stays what it was, and so does the traffic.
   * @throws {Error} when its condition says something unheard of
   */
  #observe(config: Configuration, lcr: RevisionObject): void {
    const { status } = config;
    const { name } = lcr.metadata;
    const rc = getCondition(lcr.status, revisionConditionReady);
    if (rc === undefined || rc.status === 'Unknown') {
      const format = 'Revision %q of configuration %q is not ready';
      this.logger.infof(format, name, config.metadata.name);
    } else if (rc.status === 'True') {
      const { latestCreatedRevisionName, latestReadyRevisionName } = status;
      if (!latestReadyRevisionName) {
        this.normal(
          config,
          'ConfigurationReady',
          'Configuration becomes ready',
        );
      }
      status.setLatestReadyRevisionName(name);
      if (latestCreatedRevisionName !== latestReadyRevisionName) {
        const format = 'LatestReadyRevisionName updated to %q';
        this.normal(config, 'LatestReadyUpdate', format, name);
      }
    } else if (rc.status === 'False') {
      // Said on every run for as long as it has failed.
      status.markLatestCreatedFailed(name, rc.message ?? '');
      const format = 'Latest created revision %q has failed';
      this.warning(config, 'LatestCreatedFailed', format, name);
    } else {
      const format = 'unrecognized condition status: %v on revision %q';
      throw new Error(sprintf(format, rc.status, name));
    }
  }

  /**
   * The Revision that was made for this generation, if the cache has it.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/configuration/configuration.go Reconciler.latestCreatedRevision
   */
  #latestCreatedRevision(config: Configuration): RevisionObject | undefined {
    const { name, namespace = '', generation = 0 } = config.metadata;
    const [first] = this.#listers.revisions
      .byNamespace(namespace)
      .list(
        `${configurationMetadataGenerationLabelKey}=${generation},${configurationLabelKey}=${name}`,
      );
    return first;
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/configuration/configuration.go Reconciler.reconcile (part)
   */
  async #createRevisionOrSayWhy(
    config: Configuration,
  ): Promise<RevisionObject> {
    try {
      return await this.#createRevision(config);
    } catch (error) {
      const format = 'Failed to create Revision for Configuration %q: %v';
      const { name } = config.metadata;
      this.warning(config, 'CreationFailed', format, name, error);
      config.status.markRevisionCreationFailed(sprintf('%v', error));
      throw error;
    }
  }

  /**
   * Makes the Revision of this generation, after the Build it needs, if any.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/configuration/configuration.go Reconciler.createRevision
   * @differs the event names the Revision that was created; upstream's names
   *   the one that was sent, which a real API server has not named yet
   * @story on store.create: No Revision carries the label of generation
   *   {config.metadata.generation}, so the configuration controller makes one from
   *   the template.
   */
  async #createRevision(config: Configuration): Promise<RevisionObject> {
    const buildRef = await this.#ensureBuild(config);
    const created = await this.servingClient.revisions.create(
      makeRevision(config, buildRef),
    );
    const { name } = created.metadata;
    this.normal(config, 'Created', 'Created Revision %q', name);
    return created;
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/configuration/configuration.go Reconciler.createRevision (part)
   */
  async #ensureBuild(
    config: Configuration,
  ): Promise<ObjectReference | undefined> {
    const desired = makeBuild(config, this.#sha256);
    if (desired === undefined) return undefined;
    const { build, isNew } = await findOrCreateBuild(
      this.dynamicClient,
      desired,
      config.metadata.name,
    );
    const { apiVersion, kind, metadata } = build;
    const { name } = metadata;
    if (isNew) this.normal(config, 'Created', 'Created Build %q', name);
    return { apiVersion, kind, name };
  }

  /**
   * Deletes the Revisions that nobody has used for long.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/configuration/configuration.go Reconciler.gcRevisions
   * @story because no Route has used it for longer than `config-gc` allows
   */
  async #gcRevisions(config: Configuration, gc: Config): Promise<void> {
    const { name, namespace = '' } = config.metadata;
    const revisions = this.#listers.revisions
      .byNamespace(namespace)
      .list(`${configurationLabelKey}=${name}`);
    for (const rev of oldRevisions(revisions, gc)) {
      if (!isRevisionStale(rev, config.status, gc, this.clock.now())) continue;
      await this.servingClient.revisions.delete(namespace, rev.metadata.name);
      this.logger.infof('Deleted stale revision: %v', rev.metadata.name);
    }
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/configuration/configuration.go Reconciler.Reconcile (part)
   */
  async #writeStatus(config: Configuration): Promise<void> {
    try {
      await this.#updateStatus(config);
    } catch (error) {
      const format = 'Failed to update status for Configuration %q: %v';
      const { name } = config.metadata;
      this.warning(config, 'UpdateFailed', format, name, error);
      throw error;
    }
  }

  /**
   * Puts the new status on a fresh copy of the cached Configuration.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/configuration/configuration.go Reconciler.updateStatus
   * @story when !config.status: on store.updateStatus: The configuration controller
   *   writes down which Revision it made last; nobody knows yet whether it is ready.
   */
  async #updateStatus(desired: Configuration): Promise<void> {
    const { name, namespace = '' } = desired.metadata;
    const lister = this.#listers.configurations.byNamespace(namespace);
    const config = lister.get(name);
    if (config === undefined) throw notInCache(configurations, name);
    if (deepEqual(config.status, desired.status)) return;
    const existing = deepCopy(config);
    existing.status = deepCopy(desired.status);
    await this.servingClient.configurations.updateStatus(existing);
  }
}
