/**
 * Keeps as many pods of a Deployment's template as it asks for, and reports
 * how many there are.
 *
 * Scaffolding: the pods belong to the Deployment itself, where Kubernetes
 * has a ReplicaSet for each template in between. When the template changes,
 * pods of the new one are made first, and the old ones go once those are ready.
 */
import { deployments, pods } from '../apiserver/kinds.ts';
import { deepEqual } from '../apiserver/objects.ts';
import type { ResourceClient, Store } from '../apiserver/store.ts';
import { DeletedFinalStateUnknown } from '../client-go/tools/cache/delta-fifo.ts';
import type { SharedInformerFactory } from '../client-go/informers/factory.ts';
import type { Lister } from '../client-go/tools/cache/listers.ts';
import type { Sim } from '../sim/sim.ts';
import { sortBy } from '../sim/sort-by.ts';
import { deleteIfThere } from './delete-if-there.ts';
import { progressDeadline, statusOf } from './deployment-status.ts';
import { IndexBy } from './index-by.ts';
import { Loop } from './loop.ts';
import { isPodReady } from './types.ts';
import type { Deployment, Pod } from './types.ts';

/** On a pod: which template it was made from. */
const templateLabel = 'pod-template-hash';

export class DeploymentController {
  readonly #sim: Sim;
  readonly #deployments: Lister<Deployment>;
  /** Pods by the uids of their owners. */
  readonly #pods = new IndexBy<Pod>(({ metadata }) =>
    (metadata.ownerReferences ?? []).map(({ uid }) => uid),
  );
  readonly #deploymentClient: ResourceClient<Deployment>;
  readonly #podClient: ResourceClient<Pod>;
  readonly #loop: Loop;
  /** Pods that were made and are not in the cache yet, by Deployment. */
  readonly #unseen = new Map<string, Map<string, Pod>>();
  /** The templates there were, by Deployment, as text. */
  readonly #templates = new Map<string, string[]>();

  constructor(sim: Sim, store: Store, caches: SharedInformerFactory) {
    const deploymentInformer = caches.forResource<Deployment>(deployments);
    const podInformer = caches.forResource<Pod>(pods);
    this.#sim = sim;
    this.#deployments = deploymentInformer.lister();
    this.#deploymentClient = store.resource(deployments);
    this.#podClient = store.resource(pods);
    this.#loop = new Loop(sim, 'deployment-controller', (key) =>
      this.#sync(key),
    );
    deploymentInformer.addEventHandler(this.#loop.ofObjects());
    podInformer.addEventHandler(this.#pods.handler());
    podInformer.addEventHandler(
      this.#loop.ofKeys((obj) =>
        this.#see(obj instanceof DeletedFinalStateUnknown ? obj.obj : obj),
      ),
    );
  }

  start(): void {
    this.#loop.start();
  }

  /** Takes note that a pod has reached the cache; gives its owner's key. */
  #see(pod: Pod): readonly string[] {
    const keys = ownerKeys(pod);
    for (const key of keys) this.#unseen.get(key)?.delete(pod.metadata.name);
    return keys;
  }

  /** Brings the pods of one Deployment to where they should be. */
  async #sync(key: string): Promise<void> {
    const [namespace = '', name = ''] = key.split('/');
    const deployment = this.#deployments.byNamespace(namespace).get(name);
    if (deployment?.metadata.deletionTimestamp !== undefined) return;
    if (deployment === undefined) {
      this.#unseen.delete(key);
      return;
    }
    const owned = this.#podsOf(key, deployment);
    const template = this.#templateOf(key, deployment);
    const current = owned.filter((pod) => labelOf(pod) === template);
    const old = owned.filter((pod) => labelOf(pod) !== template);
    const wanted = deployment.spec?.replicas ?? 1;
    for (let count = current.length; count < wanted; count++) {
      await this.#create(key, deployment, template);
    }
    const ready = current.filter(isPodReady).length;
    const surplus = leastUseful(current).slice(0, current.length - wanted);
    const outdated = ready >= wanted ? old : [];
    for (const pod of [
      ...outdated,
      ...(wanted < current.length ? surplus : []),
    ]) {
      await deleteIfThere(this.#podClient, pod);
    }
    await this.#report(deployment, current, old.length);
  }

  /** A word for the template; the same one as long as it says the same. */
  #templateOf(key: string, { spec }: Deployment): string {
    const known = this.#templates.get(key) ?? [];
    this.#templates.set(key, known);
    const text = JSON.stringify(spec?.template ?? {});
    if (!known.includes(text)) known.push(text);
    return `template-${known.indexOf(text) + 1}`;
  }

  /** The pods of a Deployment that are not on their way out. */
  #podsOf(key: string, { metadata }: Deployment): Pod[] {
    const unseen = this.#unseen.get(key)?.values() ?? [];
    return [...this.#pods.get(metadata.uid ?? ''), ...unseen].filter(
      (pod) => pod.metadata.deletionTimestamp === undefined,
    );
  }

  /**
   * @story on store.create: From Deployment {deployment.metadata.name} the cluster
   *   makes a pod.
   */
  async #create(
    key: string,
    deployment: Deployment,
    template: string,
  ): Promise<void> {
    const { apiVersion, kind, metadata, spec } = deployment;
    const { name, namespace = '', uid = '' } = metadata;
    const { labels = {}, annotations = {} } = spec?.template?.metadata ?? {};
    const pod = await this.#podClient.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: '',
        generateName: `${name}-`,
        namespace,
        labels: { ...labels, [templateLabel]: template },
        annotations,
        ownerReferences: [{ apiVersion, kind, name, uid, controller: true }],
      },
      spec: spec?.template?.spec ?? {},
    });
    const unseen = this.#unseen.get(key) ?? new Map<string, Pod>();
    this.#unseen.set(key, unseen);
    unseen.set(pod.metadata.name, pod);
  }

  /** Writes the status if it changed, and looks again at the deadline. */
  async #report(
    deployment: Deployment,
    current: readonly Pod[],
    old: number,
  ): Promise<void> {
    const now = this.#sim.now();
    const status = statusOf(deployment, current, old, now);
    if (!deepEqual(deployment.status, status)) {
      await this.#deploymentClient.updateStatus({ ...deployment, status });
    }
    const due = progressDeadline(deployment, status);
    if (due === undefined) return;
    const { namespace = '', name } = deployment.metadata;
    this.#loop.queue.addAfter(`${namespace}/${name}`, due - now);
  }
}

/** The key of the Deployment that controls a pod. */
function ownerKeys({ metadata }: Pod): string[] {
  const owner = metadata.ownerReferences?.find(
    ({ kind, controller }) => kind === 'Deployment' && controller === true,
  );
  if (owner === undefined) return [];
  return [`${metadata.namespace ?? ''}/${owner.name}`];
}

function labelOf({ metadata }: Pod): string {
  return metadata.labels?.[templateLabel] ?? '';
}

/** Those to go first: not ready, then the youngest. */
function leastUseful(all: readonly Pod[]): Pod[] {
  return sortBy(all.toReversed(), (pod) => (isPodReady(pod) ? 1 : 0));
}
