import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConfigMap } from '../../../../../../runnable/knative/configmap/watcher.ts';
import { newControllerConfigFromConfigMap } from '../../../../../../runnable/knative/reconciler/v1alpha1/revision/config/controller.ts';
import { newObservabilityFromConfigMap } from '../../../../../../runnable/knative/reconciler/v1alpha1/revision/config/observability.ts';

const map = (data: Record<string, string>): ConfigMap => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'c' },
  data,
});

test('config-controller has two registries to skip by default', () => {
  const config = newControllerConfigFromConfigMap(
    map({ queueSidecarImage: 'q' }),
  );
  assert.equal(config.queueSidecarImage, 'q');
  assert.deepEqual(
    [...config.registriesSkippingTagResolving],
    ['ko.local', 'dev.local'],
  );
});

test('config-controller takes registries as they are written', () => {
  const config = newControllerConfigFromConfigMap(
    map({ queueSidecarImage: 'q', registriesSkippingTagResolving: 'a,b' }),
  );
  assert.deepEqual([...config.registriesSkippingTagResolving], ['a', 'b']);
});

test('config-controller must name the image of the queue proxy', () => {
  assert.throws(() => newControllerConfigFromConfigMap(map({})), {
    message: 'Queue sidecar image is missing',
  });
});

test('config-observability collects nothing by default', () => {
  const config = newObservabilityFromConfigMap(map({}));
  assert.equal(config.enableVarLogCollection, false);
  assert.match(config.loggingURLTemplate, /kibana.*\$\{REVISION_UID\}/);
});

test('config-observability wants an image once it collects', () => {
  const enable = { 'logging.enable-var-log-collection': 'TRUE' };
  assert.throws(() => newObservabilityFromConfigMap(map(enable)), {
    message:
      'Received bad Observability ConfigMap, want "logging.fluentd-sidecar-image" when "logging.enable-var-log-collection" is true',
  });
  const config = newObservabilityFromConfigMap(
    map({
      ...enable,
      'logging.fluentd-sidecar-image': 'f',
      'logging.fluentd-sidecar-output-config': 'o',
      'logging.revision-url-template': '',
    }),
  );
  assert.equal(config.enableVarLogCollection, true);
  assert.equal(config.fluentdSidecarImage, 'f');
  assert.equal(config.fluentdSidecarOutputConfig, 'o');
  assert.equal(config.loggingURLTemplate, '');
});
