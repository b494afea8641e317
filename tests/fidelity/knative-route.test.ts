/**
 * The route controller against what the original did.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LoadBalancerIngressStatus } from '../../runnable/knative/apis/networking/v1alpha1/clusteringress-types.ts';
import { buildRoute } from '../../runnable/knative/reconciler/testing/builds.ts';
import {
  makeClusterIngressRule,
  makeClusterIngressSpec,
} from '../../runnable/knative/reconciler/v1alpha1/route/resources/cluster-ingress.ts';
import { makeServiceSpec } from '../../runnable/knative/reconciler/v1alpha1/route/resources/service.ts';
import type { RevisionTarget } from '../../runnable/knative/reconciler/v1alpha1/route/traffic/targets.ts';
import { ports } from '../../src/ports/ports.ts';
import { casesOf, configMap, expand, titleOf } from './knative/cases.ts';
import { testTable } from './knative/table.ts';

/** `meta.environments.route` of the data. */
testTable(
  'route',
  buildRoute((text) => ports.parseYaml(text)),
  () => [
    configMap('config-domain', {
      'example.com': '',
      'another-example.com': 'selector:\n  app: prod\n',
    }),
    configMap('config-network', {
      'clusteringress.class': 'ingress-class-foo',
    }),
    configMap('config-gc', { 'stale-revision-lastpinned-debounce': '1m' }),
  ],
  1_000_000_000_000,
);

interface Rule {
  readonly hosts: readonly string[];
  readonly namespace: string;
  readonly targets: readonly RevisionTarget[];
}

const rule = (given: unknown): unknown => {
  const { hosts, namespace, targets } = given as Rule;
  return { rule: makeClusterIngressRule(hosts, namespace, targets) };
};

/** The placeholder's spec, or that there is none. */
const placeholder = (given: unknown): unknown => {
  const { 'ingress.status.loadBalancer.ingress': ingress } = given as {
    readonly 'ingress.status.loadBalancer.ingress':
      readonly LoadBalancerIngressStatus[] | null;
  };
  const loadBalancer = ingress === null ? {} : { loadBalancer: { ingress } };
  const compact = { kind: 'ClusterIngress', status: loadBalancer };
  try {
    return { spec: makeServiceSpec(expand(compact)) };
  } catch {
    return { error: true };
  }
};

const visibility = (given: unknown): unknown => {
  const { statusDomains } = given as { readonly statusDomains: string[] };
  const route = (domain: string) =>
    expand({ kind: 'Route', status: { domain } });
  return {
    visibility: statusDomains.map(
      (domain) => makeClusterIngressSpec(route(domain), new Map()).visibility,
    ),
  };
};

for (const one of casesOf('route/resources')) {
  test(`route/resources: ${titleOf(one)}`, () => {
    const unit = one.id.startsWith('ingress-rule')
      ? rule
      : one.id.startsWith('placeholder')
        ? placeholder
        : visibility;
    const expected = JSON.stringify(one.expect);
    assert.deepEqual(
      unit(one.given),
      JSON.parse(expected.replaceAll('<system>', 'knative-serving')),
    );
  });
}
