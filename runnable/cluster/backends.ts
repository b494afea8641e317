/**
 * From the name of a Kubernetes Service to the addresses behind it.
 *
 * Scaffolding for the cluster's DNS and kube-proxy.
 */
import type { Lister } from '../client-go/tools/cache/listers.ts';
import type { Endpoints, Service, WeightedDestination } from './types.ts';

interface Listers {
  readonly services: Lister<Service>;
  readonly endpoints: Lister<Endpoints>;
}

/** The addresses of the ready pods behind a destination: `10.0.0.5:8012`. */
export function backendsOf(
  destination: WeightedDestination['destination'] | undefined,
  { services, endpoints }: Listers,
): readonly string[] {
  const [name = '', namespace = ''] = destination?.host.split('.') ?? [];
  const service = services.byNamespace(namespace).get(name);
  const { number, name: called } = destination?.port ?? {};
  const port = service?.spec?.ports?.find((one) =>
    called === undefined ? one.port === number : one.name === called,
  );
  if (port === undefined) return [];
  const { subsets = [] } = endpoints.byNamespace(namespace).get(name) ?? {};
  return subsets.flatMap(({ addresses = [], ports = [] }) => {
    const [only] = ports;
    const found = ports.find((one) => one.name === port.name) ?? only;
    if (found === undefined) return [];
    return addresses.map(({ ip }) => `${ip}:${String(found.port)}`);
  });
}
