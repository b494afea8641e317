/**
 * The clusteringress controller against what the original did.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setPathDefaults } from '../../runnable/knative/apis/networking/v1alpha1/clusteringress-defaults.ts';
import type { HTTPClusterIngressPath } from '../../runnable/knative/apis/networking/v1alpha1/clusteringress-types.ts';
import {
  clusterIngresses,
  virtualServices,
} from '../../runnable/knative/apis/resources.ts';
import { deepCopy } from '../../runnable/apiserver/objects.ts';
import type { ObjectMeta } from '../../runnable/apiserver/store.ts';
import { Reconciler } from '../../runnable/knative/reconciler/v1alpha1/clusteringress/clusteringress.ts';
import { Istio } from '../../runnable/knative/reconciler/v1alpha1/clusteringress/config/istio.ts';
import {
  makeVirtualService,
  makeVirtualServiceRoute,
} from '../../runnable/knative/reconciler/v1alpha1/clusteringress/resources/virtual-service.ts';
import { casesOf, expand, titleOf } from './knative/cases.ts';
import type { Compact } from './knative/cases.ts';
import { testTable } from './knative/table.ts';

/** `meta.environments.clusteringress`, in the order that upstream's test has. */
const istio = new Istio([
  {
    gatewayName: 'knative-shared-gateway',
    serviceURL: 'knative-ingressgateway.istio-system.svc.cluster.local',
  },
  {
    gatewayName: 'knative-ingress-gateway',
    serviceURL: 'istio-ingressgateway.istio-system.svc.cluster.local',
  },
]);

testTable(
  'clusteringress',
  (options, listerOf) =>
    new Reconciler(
      options,
      {
        clusterIngresses: listerOf(clusterIngresses),
        virtualServices: listerOf(virtualServices),
      },
      { load: () => ({ istio }), watchConfigs: () => undefined },
    ),
);

interface Metadata {
  readonly ingress: Partial<ObjectMeta>;
  readonly gateways: readonly string[];
}

interface Route {
  readonly hosts: readonly string[];
  readonly splits: HTTPClusterIngressPath['splits'];
}

const units: Readonly<Record<string, (given: unknown) => unknown>> = {
  'vs-metadata': (given) => {
    const { ingress, gateways } = given as Metadata;
    const ci = expand({ kind: 'ClusterIngress', metadata: ingress });
    return { metadata: makeVirtualService(ci, gateways).metadata };
  },
  'vs-route-two-targets-named-port': (given) => {
    const { hosts, splits = [] } = given as Route;
    const path = deepCopy<HTTPClusterIngressPath>({ splits });
    setPathDefaults(path);
    const { match, route, ...rest } = makeVirtualServiceRoute(hosts, path);
    return {
      route: {
        match: match.map(({ authority }) => ({ authority: authority?.regex })),
        route: route.map(({ destination, weight }) => ({
          ...destination,
          weight,
        })),
        ...rest,
      },
    };
  },
};

/** The expected value, with an owner written out. */
function whole(expected: unknown): unknown {
  const { metadata, ...rest } = expected as Partial<Compact>;
  if (metadata === undefined) return rest;
  const { uid: _, ...expanded } = expand({
    kind: 'VirtualService',
    metadata,
  }).metadata;
  return { metadata: expanded };
}

for (const one of casesOf('clusteringress/resources')) {
  test(`clusteringress/resources: ${titleOf(one)}`, () => {
    const unit = units[one.id];
    assert.ok(unit, `Cannot find what the case "${one.id}" is about`);
    assert.deepEqual(unit(one.given), whole(one.expect));
  });
}
