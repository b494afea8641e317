/**
 * One ClusterIngress and its VirtualService, to which a user does one thing
 * after the other. Of Knative only the clusteringress controller runs.
 */
import { deepCopy } from '../../../../../runnable/apiserver/objects.ts';
import type { ClusterIngressObject } from '../../../../../runnable/knative/apis/networking/v1alpha1/clusteringress-types.ts';
import type { VirtualServiceObject } from '../../../../../runnable/knative/apis/istio/v1alpha3/virtualservice-types.ts';
import {
  clusterIngresses,
  virtualServices,
} from '../../../../../runnable/knative/apis/resources.ts';
import { newController } from '../../../../../runnable/knative/reconciler/v1alpha1/clusteringress/controller.ts';
import {
  cast,
  fold,
} from '../../../../../runnable/scenarios/knative/06-ingress/cast.ts';
import { helloworld } from '../../../../../runnable/scenarios/knative/helloworld.ts';
import { KnativeStage } from '../../../../../runnable/scenarios/knative/stage.ts';
import type {
  Run,
  Scenario,
} from '../../../../../runnable/scenarios/scenario.ts';
import type { Sim } from '../../../../../runnable/sim/sim.ts';

export const scenario: Scenario = {
  title: 'One by one',
  summary:
    'A VirtualService is changed, taken from its owner, and deleted; watch what the clusteringress controller does each time.',
  seed: 1,
  notes: [
    'cast: user; informers = the shared caches and their handlers; clusteringress = the only controller that runs',
  ],
  cast: cast.filter(({ id }) =>
    ['user', 'informers', 'clusteringress'].includes(id),
  ),
  folded: ['client-go', 'knative/apis/duck', 'knative/configmap'],
  fold: fold.filter((each) => each !== 'queue.'),
  begin: (sim) => begin(sim),
};

function begin(sim: Sim): Run {
  const stage = new Stage(sim);
  return {
    async main() {
      await stage.startController();
      const user = sim.go('user', async () => {
        await stage.create();
        await stage.at(1000);
        await stage.leadElsewhere();
        await stage.at(2000);
        await stage.restore();
        await stage.at(3000);
        await stage.remove();
        await stage.at(5000);
      });
      await user.done;
      const { ingress, virtualService } = stage;
      return { ingress, virtualService };
    },
  };
}

class Stage extends KnativeStage {
  constructor(sim: Sim) {
    super(sim, helloworld());
  }

  async startController(): Promise<void> {
    await this.start((common, caches) => ({
      clusteringress: newController(common, {
        clusterIngresses: caches.forResource(clusterIngresses),
        virtualServices: caches.forResource(virtualServices),
      }),
    }));
  }

  get ingress(): ClusterIngressObject | undefined {
    return this.store.peekAll<ClusterIngressObject>(clusterIngresses)[0];
  }

  get virtualService(): VirtualServiceObject | undefined {
    return this.store.peekAll<VirtualServiceObject>(virtualServices)[0];
  }

  #api() {
    return this.store.client(this.sim);
  }

  /** @story on store.create: The user creates a ClusterIngress for one host. */
  async create(): Promise<void> {
    const split = {
      serviceNamespace: this.namespace,
      serviceName: `${this.name}-00001-service`,
      servicePort: 80,
      percent: 100,
    };
    const hosts = [`${this.name}.${this.namespace}.example.com`];
    const rules = [{ hosts, http: { paths: [{ splits: [split] }] } }];
    await this.#api()
      .resource<ClusterIngressObject>(clusterIngresses)
      .create({
        apiVersion: 'networking.internal.knative.dev/v1alpha1',
        kind: 'ClusterIngress',
        metadata: {
          name: 'route-uid-r1',
          annotations: {
            'networking.knative.dev/ingress.class':
              'istio.ingress.networking.knative.dev',
          },
        },
        spec: { rules, visibility: 'ExternalIP' },
      });
  }

  /**
   * @story on store.update: The user has the VirtualService lead elsewhere, and
   *   puts a label of his own on it.
   */
  async leadElsewhere(): Promise<void> {
    const found = this.virtualService;
    if (found === undefined) return;
    const { metadata } = found;
    const labels = { ...metadata.labels, team: 'red' };
    await this.#write({
      ...found,
      metadata: { ...metadata, labels },
      spec: { ...found.spec, http: [] },
    });
  }

  /**
   * @story on store.update: The user restores an old copy of the
   *   VirtualService, which has no owner.
   * @story on store.patch: The user puts a label on the ClusterIngress, and so
   *   has it looked at.
   */
  async restore(): Promise<void> {
    const found = this.virtualService;
    if (found === undefined) return;
    const stored = deepCopy(found);
    delete stored.metadata.ownerReferences;
    await this.#write({ ...stored, spec: { ...stored.spec, http: [] } });
    await this.#api()
      .resource(clusterIngresses)
      .patch('', 'route-uid-r1', {
        type: 'merge',
        body: { metadata: { labels: { look: 'again' } } },
      });
  }

  /** @story on store.delete: The user deletes the VirtualService. */
  async remove(): Promise<void> {
    const found = this.virtualService;
    if (found === undefined) return;
    const { namespace = '', name } = found.metadata;
    await this.#api().resource(virtualServices).delete(namespace, name);
  }

  async #write(object: VirtualServiceObject): Promise<void> {
    await this.#api()
      .resource<VirtualServiceObject>(virtualServices)
      .update(object);
  }
}
