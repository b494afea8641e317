import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  Container,
  PodSpec,
} from '../../../../../../runnable/knative/apis/core/v1/types.ts';
import { Revision } from '../../../../../../runnable/knative/apis/serving/v1alpha1/revision-types.ts';
import type { RevisionObject } from '../../../../../../runnable/knative/apis/serving/v1alpha1/revision-types.ts';
import { Config as LoggingConfig } from '../../../../../../runnable/knative/logging/config.ts';
import { Config as NetworkConfig } from '../../../../../../runnable/knative/network/network.ts';
import { Controller } from '../../../../../../runnable/knative/reconciler/v1alpha1/revision/config/controller.ts';
import { Observability } from '../../../../../../runnable/knative/reconciler/v1alpha1/revision/config/observability.ts';
import { makeDeployment } from '../../../../../../runnable/knative/reconciler/v1alpha1/revision/resources/deploy.ts';
import { makeFluentdConfigMap } from '../../../../../../runnable/knative/reconciler/v1alpha1/revision/resources/fluentd.ts';
import { makeImageCache } from '../../../../../../runnable/knative/reconciler/v1alpha1/revision/resources/imagecache.ts';
import { makeKPA } from '../../../../../../runnable/knative/reconciler/v1alpha1/revision/resources/kpa.ts';
import { makeK8sService } from '../../../../../../runnable/knative/reconciler/v1alpha1/revision/resources/service.ts';
import { VirtualClock } from '../../../../../../runnable/sim/clock.ts';

const config = {
  controller: new Controller({ queueSidecarImage: 'q' }),
  network: new NetworkConfig({}),
  observability: new Observability({}),
  logging: new LoggingConfig({ 'loglevel.queueproxy': 'warn' }),
};
const collecting = {
  ...config,
  observability: new Observability({
    'logging.enable-var-log-collection': 'true',
    'logging.fluentd-sidecar-image': 'f',
    'logging.fluentd-sidecar-output-config': 'the output',
  }),
};

function revision(
  container: Container,
  more: Partial<RevisionObject> = {},
): Revision {
  return new Revision(
    {
      apiVersion: 'serving.knative.dev/v1alpha1',
      kind: 'Revision',
      metadata: { name: 'bar', namespace: 'foo', uid: '1234' },
      ...more,
      spec: { container, timeoutSeconds: 45, ...more.spec },
    },
    new VirtualClock(0),
  );
}

function podSpec(rev: Revision, cfgs = config): PodSpec {
  return makeDeployment(rev, cfgs).spec?.template?.spec ?? {};
}

/** One container of the pod, by its name. */
function containerOf(spec: PodSpec, name: string): Container {
  const found = spec.containers?.find((one) => one.name === name);
  assert.ok(found);
  return found;
}

test('makeDeployment() prefers the digest and keeps what the user wrote', () => {
  const rev = revision(
    {
      image: 'busybox',
      args: ['a'],
      env: [{ name: 'A', value: 'b' }],
      resources: {
        requests: { memory: '1Gi', cpu: '1' },
        limits: { cpu: '2' },
      },
      volumeMounts: [{ name: 'v', mountPath: '/v' }],
      terminationMessagePolicy: 'File',
    },
    { status: { imageDigest: 'busybox@sha256:deadbeef' } },
  );
  const user = containerOf(podSpec(rev), 'user-container');
  assert.equal(user.image, 'busybox@sha256:deadbeef');
  assert.deepEqual(user.args, ['a']);
  assert.deepEqual(
    user.env?.map(({ name }) => name),
    [...['A', 'PORT', 'K_REVISION', 'K_CONFIGURATION', 'K_SERVICE']],
  );
  assert.deepEqual(user.resources, {
    requests: { memory: '1Gi', cpu: '1' },
    limits: { cpu: '2' },
  });
  assert.deepEqual(
    user.volumeMounts?.map(({ name }) => name),
    ['v', 'varlog'],
  );
  assert.equal(user.terminationMessagePolicy, 'File');
});

test('makeDeployment() leads probes by HTTP through the queue proxy', () => {
  const ports = [{ containerPort: 8888 }];
  const http = revision({
    ports,
    readinessProbe: { httpGet: { path: '/', port: 1 }, periodSeconds: 2 },
    livenessProbe: { tcpSocket: { port: 1 } },
  });
  const user = containerOf(podSpec(http), 'user-container');
  assert.deepEqual(user.readinessProbe, {
    httpGet: { path: '/', port: 8012 },
    periodSeconds: 2,
  });
  assert.deepEqual(user.livenessProbe, { tcpSocket: { port: 8888 } });
  assert.deepEqual(user.ports, [{ name: 'user-port', containerPort: 8888 }]);
  const exec = { exec: { command: ['true'] } };
  const other = podSpec(revision({ livenessProbe: exec }));
  assert.deepEqual(containerOf(other, 'user-container').livenessProbe, exec);
});

test('makeDeployment() tells the queue proxy what it has to know', () => {
  const owner = {
    apiVersion: 'serving.knative.dev/v1alpha1',
    kind: 'Configuration',
    name: 'the-config',
    uid: '1',
    controller: true,
  };
  const metadata = {
    ...{ name: 'bar', namespace: 'foo', uid: '1234' },
    ownerReferences: [owner],
  };
  const rev = revision({}, { metadata, spec: { containerConcurrency: 7 } });
  const { env = [] } = containerOf(podSpec(rev), 'queue-proxy');
  const value = (name: string): string | undefined =>
    env.find((one) => one.name === name)?.value;
  assert.equal(value('SERVING_CONFIGURATION'), 'the-config');
  assert.equal(value('CONTAINER_CONCURRENCY'), '7');
  assert.equal(value('REVISION_TIMEOUT_SECONDS'), '45');
  assert.equal(value('SERVING_LOGGING_LEVEL'), 'warn');
  assert.equal(podSpec(rev).terminationGracePeriodSeconds, 45);
});

test('makeDeployment() leaves ranges of addresses to the user', () => {
  const key = 'traffic.sidecar.istio.io/includeOutboundIPRanges';
  const annotationsOf = (
    annotations: Record<string, string>,
    ranges: string,
  ): unknown => {
    const metadata = { name: 'bar', namespace: 'foo', annotations };
    const network = new NetworkConfig({
      'istio.sidecar.includeOutboundIPRanges': ranges,
    });
    const cfgs = { ...config, network };
    const deployment = makeDeployment(revision({}, { metadata }), cfgs);
    return deployment.spec?.template?.metadata?.annotations;
  };
  const inject = { 'sidecar.istio.io/inject': 'true' };
  assert.deepEqual(annotationsOf({}, ''), inject);
  assert.deepEqual(annotationsOf({}, '10.0.0.0/8'), {
    ...inject,
    [key]: '10.0.0.0/8',
  });
  assert.deepEqual(annotationsOf({ [key]: 'mine' }, '*'), {
    ...inject,
    [key]: 'mine',
  });
});

test('children have the labels of the Revision, and not its heartbeat', () => {
  const metadata = {
    ...{ name: 'bar', namespace: 'foo', uid: '1234' },
    labels: { app: 'mine', 'serving.knative.dev/revision': 'other' },
    annotations: { a: 'b', 'serving.knative.dev/lastPinned': '1' },
  };
  const { metadata: made } = makeKPA(revision({}, { metadata }));
  assert.deepEqual(made.labels, {
    app: 'mine',
    'serving.knative.dev/revision': 'other',
    'serving.knative.dev/revisionUID': '1234',
  });
  assert.deepEqual(made.annotations, { a: 'b' });
});

test('makeK8sService() names the port after the protocol', () => {
  const nameOf = (container: Container): string | undefined =>
    makeK8sService(revision(container)).spec?.ports?.[0]?.name;
  assert.equal(nameOf({}), 'http');
  assert.equal(
    nameOf({ ports: [{ name: 'http1', containerPort: 1 }] }),
    'http',
  );
  assert.equal(nameOf({ ports: [{ name: 'h2c', containerPort: 1 }] }), 'http2');
});

test('makeImageCache() names the image as the Deployment does', () => {
  const rev = revision(
    { image: 'busybox' },
    { spec: { serviceAccountName: 'me' } },
  );
  assert.deepEqual(makeImageCache(rev, makeDeployment(rev, config)).spec, {
    image: 'busybox',
    serviceAccountName: 'me',
  });
});

test('collecting logs adds a container, a volume and a ConfigMap', () => {
  const rev = revision({}, { spec: { volumes: [{ name: 'mine' }] } });
  const spec = podSpec(rev, collecting);
  assert.equal(containerOf(spec, 'fluentd-proxy').image, 'f');
  assert.deepEqual(
    spec.volumes?.map(({ name }) => name),
    [...['varlog', 'mine', 'configmap']],
  );
  const text = makeFluentdConfigMap(rev, collecting).data?.['varlog.conf'];
  assert.match(text ?? '', /^<source>\n {2}@type tail\n/);
  assert.match(text ?? '', /\n<\/match>\n\nthe output$/);
  for (const section of ['source', 'filter', 'record', 'match']) {
    assert.match(text ?? '', new RegExp(`<${section}[ >]`));
    assert.match(text ?? '', new RegExp(`</${section}>`));
  }
});
