import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Config } from '../../../runnable/knative/network/network.ts';

const key = 'istio.sidecar.includeOutboundIPRanges';
const ranges = (text: string): string =>
  new Config({ [key]: text }).istioOutboundIPRanges;

test('Config has upstream’s defaults', () => {
  const config = new Config({});
  assert.equal(config.istioOutboundIPRanges, '*');
  assert.equal(
    config.defaultClusterIngressClass,
    'istio.ingress.networking.knative.dev',
  );
});

test('Config drops spaces and empty ranges', () => {
  assert.equal(
    ranges(' 10.10.10.0/24, 10.240.10.0/14,,192.168.1.1/32 '),
    '10.10.10.0/24,10.240.10.0/14,192.168.1.1/32',
  );
  assert.equal(ranges('*'), '*');
  assert.equal(ranges(''), '');
});

test('Config takes IPv6 ranges', () => {
  for (const range of ['2001:db8::/32', '::/0', '::ffff:10.0.0.0/104']) {
    assert.equal(ranges(range), range);
  }
});

test('Config refuses what is no range, as Go words it', () => {
  for (const range of [
    ...['10.10.10.10', '10.10.10.10/33', '256.0.0.0/8', '10.0.0/8'],
    ...['10.0.0.0/8/8', '::1::/64', '1:2:3:4:5:6:7:8:9/64', '10.0.0.0/*'],
  ]) {
    assert.throws(() => ranges(range), {
      message: `invalid CIDR address: ${range}`,
    });
  }
});
