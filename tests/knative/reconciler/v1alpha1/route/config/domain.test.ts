/**
 * Which domain a Route gets.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newDomainFromConfigMap } from '../../../../../../runnable/knative/reconciler/v1alpha1/route/config/domain.ts';
import type { Domain } from '../../../../../../runnable/knative/reconciler/v1alpha1/route/config/domain.ts';
import { ports } from '../../../../../../src/ports/ports.ts';

function domains(data: Record<string, string>): Domain {
  const metadata = { name: 'config-domain', namespace: 'knative-serving' };
  return newDomainFromConfigMap(
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data },
    (text) => ports.parseYaml(text),
  );
}

const prod = 'selector:\n  app: prod\n';

test('lookupDomainForLabels() gives example.com when nobody says anything', () => {
  assert.equal(domains({}).lookupDomainForLabels({}), 'example.com');
});

test('lookupDomainForLabels() takes the domain that asks for most', () => {
  const domain = domains({
    'default.com': '',
    'prod.com': prod,
    'v2.com': `${prod}  version: v2\n`,
  });
  const of = (labels: Record<string, string>): string =>
    domain.lookupDomainForLabels(labels);
  assert.equal(of({ app: 'prod' }), 'prod.com');
  assert.equal(of({ app: 'prod', version: 'v2' }), 'v2.com');
  assert.equal(of({ version: 'v2' }), 'default.com');
});

test('lookupDomainForLabels() takes the first of equals in the alphabet', () => {
  const domain = domains({ 'b.com': prod, 'a.com': prod, 'c.com': prod });
  assert.equal(domain.lookupDomainForLabels({ app: 'prod' }), 'a.com');
});

test('lookupDomainForLabels() keeps a Route inside that is for the cluster', () => {
  const labels = {
    app: 'prod',
    'serving.knative.dev/visibility': 'cluster-local',
  };
  const domain = domains({ 'prod.com': prod });
  assert.equal(domain.lookupDomainForLabels(labels), 'svc.cluster.local');
});

test('newDomainFromConfigMap() adds example.com when every domain selects', () => {
  const { domains: read } = domains({ 'prod.com': prod, _example: '{' });
  assert.deepEqual([...read.keys()], ['prod.com', 'example.com']);
});

test('newDomainFromConfigMap() takes numbers as text', () => {
  const domain = domains({ 'a.com': 'selector:\n  version: 2\n' });
  assert.equal(domain.lookupDomainForLabels({ version: '2' }), 'a.com');
});

test('newDomainFromConfigMap() refuses what is no selector', () => {
  assert.throws(() => domains({ 'a.com': 'prod' }), {
    message:
      'error unmarshaling JSON: json: cannot unmarshal string into Go value of type config.LabelSelector',
  });
  assert.throws(() => domains({ 'a.com': 'selector: [a]' }), {
    message: /cannot unmarshal array into Go struct field LabelSelector/,
  });
});
