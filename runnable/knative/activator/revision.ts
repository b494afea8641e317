/**
 * Waits until a Revision is active.
 *
 * The activator does not wake anybody. It watches the Revision, and somebody
 * else, who has been told that a request waits, will make it active.
 */
import { sprintf } from '../../apiserver/sprintf.ts';
import type { ResourceClient, Store } from '../../apiserver/store.ts';
import { services as k8sServices } from '../../apiserver/kinds.ts';
import type { KObject, WatchEvent } from '../../apiserver/store.ts';
import { Channel } from '../../sim/channel.ts';
import type { Milliseconds } from '../../sim/clock.ts';
import { after, receive, select } from '../../sim/select.ts';
import type { Sim } from '../../sim/sim.ts';
import type { K8sService } from '../apis/core/v1/types.ts';
import { revisions } from '../apis/resources.ts';
import { Revision } from '../apis/serving/v1alpha1/revision-types.ts';
import type { RevisionObject } from '../apis/serving/v1alpha1/revision-types.ts';
import type { SugaredLogger } from '../logging/logger.ts';
import {
  getK8sServiceFullname,
  getServingK8SServiceNameForObj,
} from '../reconciler/names.ts';
import { servicePortName } from '../reconciler/v1alpha1/revision/resources/service.ts';
import { wrap } from './activator.ts';
import type { ActivationResult, Activator, Endpoint } from './activator.ts';

/** How long no news of a Revision may last. */
const readyTimeout: Milliseconds = 60_000;

/**
 * @upstream knative/serving v0.4.1
 *   pkg/activator/revision.go revisionActivator
 */
export class RevisionActivator implements Activator {
  readonly #sim: Sim;
  readonly #revisions: ResourceClient<RevisionObject>;
  readonly #services: ResourceClient<K8sService>;
  readonly #logger: SugaredLogger;

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/activator/revision.go NewRevisionActivator
   */
  constructor(sim: Sim, store: Store, logger: SugaredLogger) {
    this.#sim = sim;
    this.#revisions = store.resource(revisions);
    this.#services = store.resource(k8sServices);
    this.#logger = logger;
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/activator/revision.go revisionActivator.Shutdown
   */
  shutdown(): void {
    this.#logger.debugf('Nothing to shut down');
  }

  /**
   * Waits for the Revision, then looks up where its requests go.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/activator/revision.go revisionActivator.ActiveEndpoint
   * @omits the names of its Service and Configuration, which metrics carry
   */
  async activeEndpoint(
    namespace: string,
    name: string,
  ): Promise<ActivationResult> {
    try {
      const revision = await this.#activateRevision(namespace, name);
      const endpoint = await this.#revisionEndpoint(revision);
      return { status: 200, endpoint };
    } catch (error) {
      if (!(error instanceof Error) || error instanceof TypeError) throw error;
      this.#logger.errorf('Failed to activate the revision: %v', error);
      return { status: 500, error };
    }
  }

  /**
   * Asks the API server once, and watches the Revision unless it is active.
   * Every event starts the minute anew, so only silence ends the wait.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/activator/revision.go revisionActivator.activateRevision
   * @differs the watch starts after the version that was read; upstream's
   *   names none and is told the present state first
   * @returns the Revision as it was read, even if it was not active then
   * @throws {Error} when it cannot be read, or nothing is heard of it
   */
  async #activateRevision(namespace: string, name: string): Promise<Revision> {
    const revision = await this.#get(namespace, name);
    if (!revision.status.isActivationRequired()) return revision;
    const watch = new AbortController();
    const events = this.#watch(revision, watch.signal);
    try {
      await this.#untilActive(revision, events);
    } finally {
      watch.abort();
    }
    return revision;
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/activator/revision.go revisionActivator.activateRevision (part)
   * @story on select.block: Revision {name} needs to be activated, so the
   *   activator watches it and waits, a minute without news at most.
   */
  async #untilActive(
    { metadata: { namespace = '', name }, status }: Revision,
    events: Channel<WatchEvent<KObject>>,
  ): Promise<void> {
    const key = `${namespace}/${name}`;
    for (;;) {
      const chosen = await select(this.#sim, 'activateRevision', {
        timeout: after(this.#sim, readyTimeout),
        event: receive(this.#sim, events),
      });
      if (chosen.which === 'timeout') {
        // The last chance looks at what was read at first, so there is none.
        if (!status.isActivationRequired()) return;
        throw new Error('timeout waiting for the revision to become ready');
      }
      if (isStillRequired(chosen.value, this.#sim)) {
        this.#logger.infof('Revision %s is not yet ready', key);
        continue;
      }
      this.#logger.infof('Revision %s is ready', key);
      return;
    }
  }

  /** The Revision as the API server has it now. */
  async #get(namespace: string, name: string): Promise<Revision> {
    try {
      const object = await this.#revisions.get(namespace, name);
      return new Revision(object, this.#sim.clock);
    } catch (error) {
      throw wrap(error, 'unable to get the revision');
    }
  }

  /** What happens to the Revision from now on. */
  #watch(
    { metadata }: Revision,
    signal: AbortSignal,
  ): Channel<WatchEvent<KObject>> {
    const { namespace = '', name, resourceVersion = '' } = metadata;
    const key = `${namespace}/${name}`;
    const channel = new Channel<WatchEvent<KObject>>(
      this.#sim,
      `events of ${key}`,
    );
    const events = this.#revisions.watch({
      namespace,
      fieldSelector: `metadata.name=${name}`,
      resourceVersion,
      signal,
    });
    this.#sim.go(`watch ${key}`, async () => {
      for await (const event of events) {
        if (signal.aborted) break;
        await channel.send(event);
      }
      if (!signal.aborted) channel.close();
    });
    return channel;
  }

  /**
   * The port of the Revision's k8s Service that speaks its protocol.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/activator/revision.go revisionActivator.revisionEndpoint
   */
  async #revisionEndpoint(revision: Revision): Promise<Endpoint> {
    const { name, namespace = '' } = revision.metadata;
    const serviceName = getServingK8SServiceNameForObj(name);
    const service = await this.#getService(namespace, serviceName);
    const { ports = [] } = service.spec ?? {};
    const wanted = servicePortName(revision);
    const port = ports.find((one) => one.name === wanted);
    if (port === undefined) {
      const format = 'revision needs external. Found %v';
      throw new Error(sprintf(format, ports.length));
    }
    const fqdn = getK8sServiceFullname(serviceName, namespace);
    return { fqdn, port: port.port };
  }

  async #getService(namespace: string, name: string): Promise<K8sService> {
    try {
      return await this.#services.get(namespace, name);
    } catch (error) {
      throw wrap(error, `unable to get service ${name} for revision`);
    }
  }
}

/**
 * Whether an event shows a Revision that nobody can send requests to yet.
 *
 * @throws {Error} when it shows no Revision at all
 */
function isStillRequired(
  event: WatchEvent<KObject> | undefined,
  sim: Sim,
): boolean {
  if (event?.type === 'BOOKMARK') return true;
  if (event?.object.kind !== 'Revision') {
    throw new Error(
      sprintf('unexpected result type for the revision: %v', event?.type),
    );
  }
  const revision = new Revision(event.object, sim.clock);
  return revision.status.isActivationRequired();
}
