/**
 * The revision controller: makes what a Revision needs in order to run, phase
 * after phase, and says in its status how far it has come.
 *
 * It starts nothing itself. Deployment, k8s Service and PodAutoscaler are
 * wishes that others fulfil; what came of them is read off the Endpoints.
 */
import { deepCopy } from '../../../../apiserver/objects.ts';
import type { InformerFactory } from '../../../apis/duck/interface.ts';
import { isTrue } from '../../../apis/duck/v1alpha1/conditions-types.ts';
import {
  deepEqual,
  semanticDeepEqual,
} from '../../../apis/equality/equality.ts';
import { revisions } from '../../../apis/resources.ts';
import {
  revisionConditionBuildSucceeded,
  revisionContainerMissingMessage,
} from '../../../apis/serving/v1alpha1/revision-status.ts';
import { Revision } from '../../../apis/serving/v1alpha1/revision-types.ts';
import { AutoscalingV1alpha1Client } from '../../../client/autoscaling-client.ts';
import { CachingV1alpha1Client } from '../../../client/caching-client.ts';
import { KubeClient } from '../../../client/kube-client.ts';
import type { Impl as Tracker } from '../../../tracker/enqueue.ts';
import { Base, notInCache } from '../../reconciler.ts';
import type { Options } from '../../reconciler.ts';
import { reconcileBuild } from './builds.ts';
import type { Config, Store } from './config/store.ts';
import type { Listers } from './listers.ts';
import { migratedMetadata } from './migration.ts';
import {
  reconcileDeployment,
  reconcileFluentdConfigMap,
  reconcileKPA,
  reconcileService,
} from './reconcile-resources.ts';
import type { Resolver } from './resolve.ts';

/** What the controller has beside its caches. */
export interface Parts {
  readonly configStore: Store;
  readonly resolver: Resolver;
  /** Caches of whatever kinds of object build images. */
  readonly buildInformerFactory: InformerFactory;
  readonly tracker: Tracker;
}

/** A step on the way to a running Revision; the first error ends the way. */
interface Phase {
  readonly name: string;
  readonly run: () => Promise<void>;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/revision.go Reconciler
 */
export class Reconciler extends Base {
  readonly listers: Listers;
  readonly kubeClient: KubeClient;
  readonly autoscalingClient: AutoscalingV1alpha1Client;
  readonly cachingClient: CachingV1alpha1Client;
  readonly buildInformerFactory: InformerFactory;
  readonly tracker: Tracker;
  readonly #configStore: Store;
  readonly #resolver: Resolver;

  constructor(options: Options, listers: Listers, parts: Parts) {
    super(options, 'revision-controller');
    this.listers = listers;
    this.kubeClient = new KubeClient(options.store);
    this.autoscalingClient = new AutoscalingV1alpha1Client(options.store);
    this.cachingClient = new CachingV1alpha1Client(options.store);
    this.buildInformerFactory = parts.buildInformerFactory;
    this.tracker = parts.tracker;
    this.#configStore = parts.configStore;
    this.#resolver = parts.resolver;
  }

  /**
   * Looks at the Revision that `key` names and does what is missing.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/revision/revision.go Reconciler.Reconcile
   * @throws {Error} when something could not be done: the key is tried again
   */
  async reconcile(key: string): Promise<void> {
    const split = this.splitKey(key);
    if (split === undefined) return;
    const cfgs = this.#configStore.load();
    const [namespace, name] = split;
    const lister = this.listers.revisions.byNamespace(namespace);
    const original = lister.get(name);
    if (original === undefined) {
      this.logger.errorf('revision %q in work queue no longer exists', key);
      return;
    }
    const copy = new Revision(original, this.clock);
    const rev = await this.#migrateConfigurationMetadata(copy);
    try {
      await this.#reconcile(rev, cfgs);
    } finally {
      // Also after an error; an error of this write hides the first.
      if (!semanticDeepEqual(original.status, rev.status)) {
        await this.#writeStatus(rev);
      }
    }
  }

  /**
   * Waits for the build, then goes through the phases. Each finds what it
   * needs or makes it, so a run that was broken off is simply begun again.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/revision/revision.go Reconciler.reconcile
   */
  async #reconcile(rev: Revision, cfgs: Config): Promise<void> {
    if (rev.metadata.deletionTimestamp !== undefined) return;
    rev.setDefaults();
    rev.status.initializeConditions();
    this.#updateRevisionLoggingURL(rev, cfgs);
    const readyBeforeReconcile = rev.status.isReady();

    await reconcileBuild(this, rev);
    const bc = rev.status.getCondition(revisionConditionBuildSucceeded);
    if (bc === undefined || isTrue(bc)) await this.#runPhases(rev, cfgs);

    if (!readyBeforeReconcile && rev.status.isReady()) {
      const message = 'Revision becomes ready upon all resources being ready';
      this.recorder.event(rev, 'Normal', 'RevisionReady', message);
    }
    rev.status.observedGeneration = rev.metadata.generation;
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/revision/revision.go Reconciler.reconcile (part)
   * @throws {Error} the first error; later phases then did not run
   */
  async #runPhases(rev: Revision, cfgs: Config): Promise<void> {
    const phases: readonly Phase[] = [
      { name: 'image digest', run: () => this.#reconcileDigest(rev, cfgs) },
      {
        name: 'user deployment',
        run: () => reconcileDeployment(this, rev, cfgs),
      },
      { name: 'user k8s service', run: () => reconcileService(this, rev) },
      {
        // The collector of logs, where somebody wants one.
        name: 'fluentd configmap',
        run: () => reconcileFluentdConfigMap(this, rev, cfgs),
      },
      { name: 'KPA', run: () => reconcileKPA(this, rev) },
    ];
    for (const phase of phases) {
      try {
        await phase.run();
      } catch (error) {
        this.logger.errorf('Failed to reconcile %s: %v', phase.name, error);
        throw error;
      }
    }
  }

  /**
   * Replaces a tag by the image it means now, once and for all.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/revision/revision.go Reconciler.reconcileDigest
   * @throws {Error} when the registry does not give the image
   */
  async #reconcileDigest(rev: Revision, { controller }: Config): Promise<void> {
    if (rev.status.imageDigest) return;
    const { image = '' } = rev.spec.container ?? {};
    const keychain = {
      namespace: rev.metadata.namespace ?? '',
      serviceAccountName: rev.spec.serviceAccountName ?? '',
    };
    const skip = controller.registriesSkippingTagResolving;
    try {
      const digest = await this.#resolver.resolve(image, keychain, skip);
      if (digest !== '') rev.status.imageDigest = digest;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const message = revisionContainerMissingMessage(image, why);
      rev.status.markContainerMissing(message);
      throw error;
    }
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/revision/revision.go Reconciler.updateRevisionLoggingURL
   */
  #updateRevisionLoggingURL(rev: Revision, { observability }: Config): void {
    const { loggingURLTemplate } = observability;
    if (loggingURLTemplate === '') return;
    const { uid = '' } = rev.metadata;
    rev.status.logUrl = loggingURLTemplate.replaceAll('${REVISION_UID}', uid);
  }

  /**
   * Brings the labels of a Revision from before 0.4 up to date.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/revision/revision.go Reconciler.migrateConfigurationMetadata
   * @returns the Revision to go on with
   */
  async #migrateConfigurationMetadata(rev: Revision): Promise<Revision> {
    const metadata = migratedMetadata(rev.metadata);
    if (metadata === undefined) return rev;
    rev.metadata = metadata;
    try {
      const updated = await this.servingClient.revisions.update(rev.object());
      return new Revision(updated, this.clock);
    } catch (error) {
      const format = 'Failed to migrate revision %q labels: %v';
      this.warning(rev, 'UpdateFailed', format, rev.metadata.name, error);
      throw error;
    }
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/revision/revision.go Reconciler.Reconcile (part)
   */
  async #writeStatus(rev: Revision): Promise<void> {
    try {
      await this.#updateStatus(rev);
    } catch (error) {
      const format = 'Failed to update status for Revision %q: %v';
      this.warning(rev, 'UpdateFailed', format, rev.metadata.name, error);
      throw error;
    }
  }

  /**
   * Puts the new status on a fresh copy of the cached Revision.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/revision/revision.go Reconciler.updateStatus
   * @story when !desired.status.serviceName: on store.updateStatus: The controller
   *   writes down what keeps it from going further.
   * @story when !rev.status: on store.updateStatus: The first status says what was
   *   made, and that nothing is known of it yet.
   */
  async #updateStatus(desired: Revision): Promise<void> {
    const { name, namespace = '' } = desired.metadata;
    const lister = this.listers.revisions.byNamespace(namespace);
    const rev = lister.get(name);
    if (rev === undefined) throw notInCache(revisions, name);
    if (deepEqual(rev.status, desired.status)) return;
    const existing = deepCopy(rev);
    existing.status = deepCopy(desired.status);
    await this.servingClient.revisions.updateStatus(existing);
  }
}
