/**
 * Istio's gateway: sends each request where the VirtualServices say, by the
 * host it names.
 *
 * Scaffolding for Istio's pilot and Envoy together. It watches the API by
 * caches of its own, and what reaches them late it does not know. It retries
 * as Istio 1.0 does: on answers of 5xx and on connections that fail.
 */
import { endpoints, services } from '../apiserver/kinds.ts';
import type { Gvr } from '../apiserver/store.ts';
import type { SharedInformerFactory } from '../client-go/informers/factory.ts';
import type { Lister } from '../client-go/tools/cache/listers.ts';
import type { Sim } from '../sim/sim.ts';
import { sortBy } from '../sim/sort-by.ts';
import { within } from './deadline.ts';
import { answer } from './http.ts';
import type { HttpRequest, HttpResponse } from './http.ts';
import type { Network } from './network.ts';
import { backendsOf } from './backends.ts';
import type {
  Endpoints,
  HttpRoute,
  Match,
  Service,
  VirtualService,
  WeightedDestination,
} from './types.ts';

const virtualServices: Gvr = {
  group: 'networking.istio.io',
  version: 'v1alpha3',
  resource: 'virtualservices',
  kind: 'VirtualService',
  namespaced: true,
  custom: true,
  generations: true,
};

export class Gateway {
  /** `knative-ingress-gateway`: what a VirtualService binds to. */
  readonly name: string;
  readonly #sim: Sim;
  readonly #network: Network;
  readonly #virtualServices: Lister<VirtualService>;
  readonly #services: Lister<Service>;
  readonly #endpoints: Lister<Endpoints>;

  constructor(
    sim: Sim,
    caches: SharedInformerFactory,
    network: Network,
    name = 'knative-ingress-gateway',
  ) {
    this.name = name;
    this.#sim = sim;
    this.#network = network;
    this.#virtualServices = caches
      .forResource<VirtualService>(virtualServices)
      .lister();
    this.#services = caches.forResource<Service>(services).lister();
    this.#endpoints = caches.forResource<Endpoints>(endpoints).lister();
  }

  /** A VirtualService as far as the gateway has heard of it. */
  known(namespace: string, name: string): VirtualService | undefined {
    return this.#virtualServices.byNamespace(namespace).get(name);
  }

  /** Lets requests in at an address. */
  listen(address: string): void {
    this.#network.listen({ address, side: 'gateway', task: 'gateway' }, (one) =>
      this.handle(one),
    );
  }

  /** Answers one request with what somebody else answers. */
  async handle(request: HttpRequest): Promise<HttpResponse> {
    const route = this.route(request.host, request.path);
    if (route === undefined) return answer(404);
    const response = await within(
      this.#sim,
      route.timeout,
      this.#attempts(route, request),
    );
    return response ?? answer(504, 'upstream request timeout');
  }

  /**
   * What is to become of a request for this host and path; undefined when no
   * VirtualService speaks of them.
   *
   * @story as host
   * @story when !result: No VirtualService that has reached the gateway names
   *   {host}, so the gateway answers 404 itself.
   * @story The gateway finds {host} among the hosts of a VirtualService, and there
   *   what to do.
   */
  route(host: string, path: string): HttpRoute | undefined {
    const name = host.replace(/:\d{1,5}$/, '');
    const bound = sortBy(this.#virtualServices.list(), ({ metadata }) => [
      metadata.creationTimestamp ?? '',
      metadata.name,
    ]).filter(
      ({ spec }) =>
        spec?.gateways?.includes(this.name) === true &&
        spec.hosts?.includes(name) === true,
    );
    const routes = bound.flatMap(({ spec }) => spec?.http ?? []);
    return routes.find(({ match }) =>
      match.some(
        ({ authority, uri }) => fits(authority, host) && fits(uri, path),
      ),
    );
  }

  /** Tries until an answer is no failure, or there were tries enough. */
  async #attempts(
    { route, retries, appendHeaders }: HttpRoute,
    request: HttpRequest,
  ): Promise<HttpResponse> {
    const headers = [
      ...request.headers,
      ...Object.entries(appendHeaders ?? {}),
    ] as const;
    for (let left = retries?.attempts ?? 0; ; left--) {
      const target = this.#pick(route);
      const response =
        (await within(
          this.#sim,
          retries?.perTryTimeout,
          this.#forward(target, { ...request, headers }),
        )) ?? answer(504, 'upstream request timeout');
      if (response.status < 500 || left === 0) return response;
    }
  }

  /**
   * One of several destinations, by their weights and the seed.
   *
   * @story when result: The request is sent on to {result.destination.host}.
   */
  #pick(
    route: readonly WeightedDestination[],
  ): WeightedDestination | undefined {
    const [first] = route;
    if (route.length < 2) return first;
    let rest = this.#sim.chance.below(100);
    for (const one of route) {
      rest -= one.weight;
      if (rest < 0) return one;
    }
    return first;
  }

  /** Sends the request to one of the addresses behind a destination. */
  async #forward(
    target: WeightedDestination | undefined,
    request: HttpRequest,
  ): Promise<HttpResponse> {
    const found = backendsOf(target?.destination, {
      services: this.#services,
      endpoints: this.#endpoints,
    });
    if (found.length === 0) return answer(503, 'no healthy upstream');
    const address = this.#sim.chance.pick(found);
    try {
      return await this.#network.call('gateway-upstream', address, request);
    } catch {
      return answer(503, 'upstream connect error');
    }
  }
}

/** Whether a text fits; nothing to fit is always fitted. */
function fits(match: Match | undefined, text: string): boolean {
  if (match?.regex === undefined) return true;
  return new RegExp(`^(?:${match.regex})$`).test(text);
}
