/**
 * One life of helloworld-go under all six controllers and the cluster; the
 * process of the six dies right after one write and is started again.
 */
import {
  deployments,
  endpoints,
  pods,
  services as k8sServices,
} from '../../runnable/apiserver/kinds.ts';
import type { KObject } from '../../runnable/apiserver/store.ts';
import {
  clusterIngresses,
  configurations,
  images,
  podAutoscalers,
  revisions,
  routes,
  services,
  virtualServices,
} from '../../runnable/knative/apis/resources.ts';
import { newControllers } from '../../runnable/knative/cmd/controller/main.ts';
import { kResourceTypedInformerFactory } from '../../runnable/knative/reconciler/v1alpha1/revision/controller.ts';
import {
  apply,
  change,
} from '../../runnable/scenarios/knative/02-service/played.ts';
import { ControlPlane } from '../../runnable/scenarios/knative/control-plane.ts';
import {
  helloworld,
  hostOf,
} from '../../runnable/scenarios/knative/helloworld.ts';
import { Sim } from '../../runnable/sim/sim.ts';
import { ports } from '../../src/ports/ports.ts';
import { CrashingStore, lasting } from './crashing-store.ts';

const kinds = [
  ...[services, configurations, routes, revisions, podAutoscalers, images],
  ...[clusterIngresses, virtualServices, k8sServices, deployments],
  ...[pods, endpoints],
];

/** What came of a run. */
interface End {
  /** All objects, without what depends on when and how often they were written. */
  readonly served: readonly unknown[];
  /** What two requests got: one of each generation. */
  readonly answers: readonly string[];
  /** The same objects after the user has deleted the Service. */
  readonly left: readonly unknown[];
  /** What the controllers wrote, in order. */
  readonly written: readonly string[];
}

export class CrashingPlane extends ControlPlane {
  readonly #crashing: CrashingStore;

  /** @param crashAfter how many writes the process lives for at first */
  constructor(crashAfter: number) {
    super(new Sim({ seed: 1 }), ports, helloworld());
    this.#crashing = new CrashingStore(this.sim, crashAfter, async () => {
      await this.startControllers();
    });
  }

  async run(): Promise<End> {
    return this.sim.run(async () => {
      const before = this.#objects;
      await this.startAll();
      await apply(this, helloworld());
      await this.at(4000);
      const first = await this.curl(hostOf(this));
      await change(this, helloworld('Go Sample v2').spec);
      await this.at(9000);
      const second = await this.curl(hostOf(this));
      const served = this.#objects;
      await this.client.services.delete(this.namespace, this.name);
      await this.at(12_000);
      const answers = [first.body, second.body];
      const left = this.#objects.slice(before.length);
      return { served, answers, left, written: this.#crashing.written };
    });
  }

  override async startControllers(): Promise<Sim> {
    const process = this.sim.process();
    const { signal } = new AbortController();
    await this.start(
      (common, caches) => {
        const store = this.#crashing.reachedBy(process, common.store);
        const options = { ...common, store };
        return newControllers(options, caches, {
          registry: this.registry,
          builds: kResourceTypedInformerFactory(common, signal),
          sha256: (bytes) => ports.sha256(bytes),
          parseYaml: (text) => ports.parseYaml(text),
        });
      },
      {},
      process,
    );
    return process;
  }

  get #objects(): unknown[] {
    return kinds.flatMap((gvr) => this.store.peekAll(gvr)).map(uncounted);
  }
}

/**
 * Whether traffic takes the detour by the activator depends on the moment, and
 * so does how often an ingress is written.
 */
function uncounted(object: KObject): unknown {
  const isIngress = ['ClusterIngress', 'VirtualService'].includes(object.kind);
  const counts = ['generation', 'observedGeneration'];
  const text = JSON.stringify(lasting(object), (key, value: unknown) =>
    isIngress && counts.includes(key) ? undefined : value,
  );
  return JSON.parse(text);
}
