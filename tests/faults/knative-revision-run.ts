/**
 * One life of a Revision under the real revision controller, whose process
 * dies right after one write and is started again.
 */
import {
  deployments,
  services as k8sServices,
} from '../../runnable/apiserver/kinds.ts';
import type { Deployment } from '../../runnable/knative/apis/apps/v1/types.ts';
import type { K8sService } from '../../runnable/knative/apis/core/v1/types.ts';
import {
  images,
  podAutoscalers,
  revisions,
} from '../../runnable/knative/apis/resources.ts';
import {
  first,
  makeFirst,
  reportActive,
  reportQueued,
} from '../../runnable/scenarios/knative/04-revision/played.ts';
import { Stage } from '../../runnable/scenarios/knative/04-revision/stage.ts';
import { Sim } from '../../runnable/sim/sim.ts';
import { ports } from '../../src/ports/ports.ts';
import { CrashingStore, lasting } from './crashing-store.ts';

const kinds = [revisions, deployments, k8sServices, images, podAutoscalers];

/** What came of a run. */
export interface End {
  /** All objects, without what depends on when and how often they were written. */
  readonly served: readonly unknown[];
  /** The same after the Revision was deleted. */
  readonly left: readonly unknown[];
  /** What the controller wrote, in order. */
  readonly written: readonly string[];
}

export class CrashingRevisionRun extends Stage {
  readonly #crashing: CrashingStore;

  /** @param crashAfter how many writes the process lives for at first */
  constructor(crashAfter: number) {
    super(new Sim({ seed: 1 }), ports);
    this.#crashing = new CrashingStore(this.sim, crashAfter, () =>
      this.#startAgain(),
    );
  }

  async run(): Promise<End> {
    return this.sim.run(async () => {
      await this.startCluster();
      await this.#startAgain();
      await makeFirst(this, first);
      await this.at(500);
      await reportQueued(this, first);
      await this.at(3000);
      await reportActive(this, first);
      await this.at(4000);
      await this.#meddle();
      await this.at(8000);
      const served = this.#objects;
      await this.client.revisions.delete(this.namespace, first);
      await this.at(10_000);
      const { written } = this.#crashing;
      return { served, left: this.#objects, written };
    });
  }

  /** A user changes what is not his to change. */
  async #meddle(): Promise<void> {
    const services = this.api.resource<K8sService>(k8sServices);
    const service = await services.get(this.namespace, `${first}-service`);
    await services.update({ ...service, spec: { selector: { a: 'b' } } });
    const client = this.api.resource<Deployment>(deployments);
    const deployment = await client.get(this.namespace, `${first}-deployment`);
    const { spec = {} } = deployment;
    await client.update({
      ...deployment,
      spec: { ...spec, progressDeadlineSeconds: 1 },
    });
  }

  get #objects(): unknown[] {
    return kinds.flatMap((gvr) => this.store.peekAll(gvr)).map(lasting);
  }

  async #startAgain(): Promise<void> {
    const process = this.sim.process();
    await this.startProcess(process, (store) =>
      this.#crashing.reachedBy(process, store),
    );
  }
}
