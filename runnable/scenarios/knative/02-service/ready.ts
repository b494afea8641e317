/**
 * helloworld-go as it stands when everything is Ready: what `hello-world`
 * ends with, put into the store as though it had always been there.
 */
import type { KObject } from '../../../apiserver/store.ts';
import {
  configurations,
  routes,
  services,
} from '../../../knative/apis/resources.ts';
import { Service } from '../../../knative/apis/serving/v1alpha1/service-types.ts';
import { makeConfiguration } from '../../../knative/reconciler/v1alpha1/service/resources/configuration.ts';
import { makeRoute } from '../../../knative/reconciler/v1alpha1/service/resources/route.ts';
import { condition } from '../conditions.ts';
import { helloworld } from '../helloworld.ts';
import type { Stage } from './stage.ts';

/** Fills the store; call it before anybody reads from it. */
export function loadReady(stage: Stage): void {
  const { sim, store, name, namespace } = stage;
  const ready = (...types: string[]): { conditions: readonly object[] } => ({
    conditions: types.map((type) => condition(sim.now(), type)),
  });
  const revision = `${name}-00001`;
  const latest = {
    latestCreatedRevisionName: revision,
    latestReadyRevisionName: revision,
  };
  const hostname = `${name}.${namespace}.svc.cluster.local`;
  const reached = {
    domain: `${name}.${namespace}.example.com`,
    domainInternal: hostname,
    address: { hostname },
    traffic: [{ revisionName: revision, percent: 100 }],
  };
  const original = helloworld();
  const metadata = { ...original.metadata, uid: 'uid-s1', generation: 1 };
  const service = new Service({ ...original, metadata }, sim.clock);
  service.setDefaults();
  const { spec } = service;
  const stored: KObject = {
    ...original,
    metadata,
    ...{ spec },
    ...status({
      ...ready('ConfigurationsReady', 'Ready', 'RoutesReady'),
      ...latest,
      ...reached,
    }),
  };
  store.load(services, [stored]);
  store.load(configurations, [
    {
      ...makeConfiguration(service),
      ...status({ ...ready('Ready'), ...latest }),
    },
  ]);
  store.load(routes, [
    {
      ...makeRoute(service),
      ...status({
        ...ready('AllTrafficAssigned', 'IngressReady', 'Ready'),
        ...reached,
      }),
    },
  ]);
}

function status(fields: object): { readonly status: object } {
  return { status: { ...fields, observedGeneration: 1 } };
}
