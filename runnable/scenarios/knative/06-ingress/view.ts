/**
 * What these runs are looked at for: where the gateway sends requests, by what
 * it knows at the moment.
 */
import { namespace } from '../../../knative/system/names.ts';
import type { View } from '../../scenario.ts';
import type { ControlPlane } from '../control-plane.ts';
import { hostOf } from '../helloworld.ts';

const nobody = 'nobody';

/** The destination of requests for the Service, as a machine. */
export function viewOf(stage: ControlPlane): View {
  const { name, cluster } = stage;
  let known: unknown;
  let destination = nobody;
  const read = (): string => {
    const { uid = '' } = stage.route?.metadata ?? {};
    const now = cluster.gateway.known(namespace(), `route-${uid}`);
    if (now !== known) destination = destinationOf(stage);
    known = now;
    return destination;
  };
  return {
    machines: [
      {
        name: 'destination',
        states: [
          nobody,
          'activator-service',
          `${name}-00001-service`,
          `${name}-00002-service`,
        ],
        initial: nobody,
        read,
      },
    ],
  };
}

function destinationOf(stage: ControlPlane): string {
  const route = stage.cluster.gateway.route(hostOf(stage), '/');
  const [target] = route?.route ?? [];
  const [service = nobody] = target?.destination.host.split('.') ?? [];
  return service;
}
