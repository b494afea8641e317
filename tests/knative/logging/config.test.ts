import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newConfigFromConfigMap } from '../../../runnable/knative/logging/config.ts';

const parse = (data: Record<string, string>) =>
  newConfigFromConfigMap({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'config-logging' },
    data,
  });

test('newConfigFromConfigMap() reads the levels of components it knows', () => {
  const config = parse({
    'zap-logger-config': '{}',
    'loglevel.queueproxy': 'DEBUG',
    'loglevel.controller': '',
    'loglevel.nobody': 'info',
  });
  assert.equal(config.loggingConfig, '{}');
  assert.deepEqual(config.loggingLevel, { queueproxy: 'debug' });
});

test('newConfigFromConfigMap() refuses a level that is none', () => {
  assert.throws(() => parse({ 'loglevel.queueproxy': 'loud' }), {
    message: 'invalid logging level: loud',
  });
});
