/**
 * Keeps a list of addresses for each Kubernetes Service: of the pods that its
 * selector means, the ready ones and the others apart.
 *
 * Scaffolding. The Endpoints have the Service's name and labels; a Service
 * without a selector gets none.
 */
import { endpoints, pods, services } from '../apiserver/kinds.ts';
import { deepEqual } from '../apiserver/objects.ts';
import type { ResourceClient, Store } from '../apiserver/store.ts';
import type { SharedInformerFactory } from '../client-go/informers/factory.ts';
import { DeletedFinalStateUnknown } from '../client-go/tools/cache/delta-fifo.ts';
import type { Lister } from '../client-go/tools/cache/listers.ts';
import type { Sim } from '../sim/sim.ts';
import { deleteIfThere } from './delete-if-there.ts';
import { IndexBy, labelWords } from './index-by.ts';
import { Loop } from './loop.ts';
import { isPodReady } from './types.ts';
import type {
  EndpointAddress,
  EndpointPort,
  Endpoints,
  Pod,
  Service,
} from './types.ts';

export class EndpointsController {
  readonly #services: Lister<Service>;
  /** Pods by each of their labels. */
  readonly #pods = new IndexBy<Pod>(({ metadata }) =>
    labelWords(metadata.namespace ?? '', metadata.labels),
  );
  /** Services by the first label that they ask for. */
  readonly #selecting = new IndexBy<Service>(({ metadata, spec }) =>
    labelWords(metadata.namespace ?? '', spec?.selector).slice(0, 1),
  );
  readonly #endpoints: Lister<Endpoints>;
  readonly #client: ResourceClient<Endpoints>;
  readonly #loop: Loop;

  constructor(sim: Sim, store: Store, caches: SharedInformerFactory) {
    const serviceInformer = caches.forResource<Service>(services);
    const podInformer = caches.forResource<Pod>(pods);
    this.#services = serviceInformer.lister();
    this.#endpoints = caches.forResource<Endpoints>(endpoints).lister();
    this.#client = store.resource(endpoints);
    this.#loop = new Loop(sim, 'endpoints-controller', (key) =>
      this.#sync(key),
    );
    serviceInformer.addEventHandler(this.#selecting.handler());
    serviceInformer.addEventHandler(this.#loop.ofObjects());
    podInformer.addEventHandler(this.#pods.handler());
    podInformer.addEventHandler(
      this.#loop.ofKeys((obj) =>
        this.#serviceKeys(
          obj instanceof DeletedFinalStateUnknown ? obj.obj : obj,
        ),
      ),
    );
  }

  start(): void {
    this.#loop.start();
  }

  /** The keys of the Services that mean this pod. */
  #serviceKeys({ metadata }: Pod): string[] {
    const { namespace = '' } = metadata;
    return labelWords(namespace, metadata.labels)
      .flatMap((word) => this.#selecting.get(word))
      .filter((service) => isSelected(service, metadata.labels))
      .map((service) => `${namespace}/${service.metadata.name}`);
  }

  async #sync(key: string): Promise<void> {
    const [namespace = '', name = ''] = key.split('/');
    const service = this.#services.byNamespace(namespace).get(name);
    const known = this.#endpoints.byNamespace(namespace).get(name);
    if (service === undefined) {
      if (known !== undefined) await deleteIfThere(this.#client, known);
      return;
    }
    const [word] = labelWords(namespace, service.spec?.selector);
    if (word === undefined) return;
    const chosen = this.#pods
      .get(word)
      .filter((pod) => isSelected(service, pod.metadata.labels));
    await this.#write(known, endpointsOf(service, chosen));
  }

  /**
   * @story on store.create: The cluster begins a list of the addresses behind
   *   Service {wanted.metadata.name}.
   * @story on store.update: What is ready behind Service {wanted.metadata.name} has
   *   changed, and so does the list of its addresses.
   */
  async #write(known: Endpoints | undefined, wanted: Endpoints): Promise<void> {
    if (known === undefined) {
      await this.#client.create(wanted);
    } else if (
      !deepEqual(known.subsets, wanted.subsets) ||
      !deepEqual(known.metadata.labels, wanted.metadata.labels)
    ) {
      const { labels = {} } = wanted.metadata;
      const metadata = { ...known.metadata, labels };
      await this.#client.update({ ...wanted, metadata });
    }
  }
}

/** Whether the labels hold all that the selector asks for. */
function isSelected(
  { spec }: Service,
  labels: Readonly<Record<string, string>> = {},
): boolean {
  if (spec?.selector === undefined) return false;
  return Object.entries(spec.selector).every(
    ([key, value]) => labels[key] === value,
  );
}

/** The Endpoints that a Service should have, for the pods it means. */
function endpointsOf(service: Service, chosen: readonly Pod[]): Endpoints {
  const { name, namespace = '', labels = {} } = service.metadata;
  const placed = chosen.filter(
    ({ metadata, status }) =>
      status?.podIP !== undefined && metadata.deletionTimestamp === undefined,
  );
  const addresses = placed.filter(isPodReady).map(addressOf);
  const notReadyAddresses = placed
    .filter((pod) => !isPodReady(pod))
    .map(addressOf);
  const [first] = placed;
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name, namespace, labels },
    subsets:
      first === undefined
        ? []
        : [
            {
              ...(addresses.length > 0 ? { addresses } : {}),
              ...(notReadyAddresses.length > 0 ? { notReadyAddresses } : {}),
              ports: portsOf(service, first),
            },
          ],
  };
}

function addressOf({ metadata, status }: Pod): EndpointAddress {
  const { namespace = '', name } = metadata;
  return {
    ip: status?.podIP ?? '',
    targetRef: { kind: 'Pod', namespace, name },
  };
}

/** The ports of the pods that the Service's ports lead to. */
function portsOf({ spec }: Service, pod: Pod): EndpointPort[] {
  const named = (pod.spec?.containers ?? []).flatMap(({ ports = [] }) => ports);
  return (spec?.ports ?? []).flatMap(({ name, port, targetPort }) => {
    const number =
      typeof targetPort === 'string'
        ? named.find((one) => one.name === targetPort)?.containerPort
        : (targetPort ?? port);
    if (number === undefined) return [];
    return [{ ...(name === undefined ? {} : { name }), port: number }];
  });
}
