/**
 * The ports as `chapter try` reaches them: a document that passes the schema
 * in, what the function decides out.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { portTable } from '../../src/chapter/ports.ts';
import { faultOf } from '../../src/chapter/schema/check.ts';

/** The answer of a port to a document that its schema lets through. */
async function ask(name: string, document: unknown): Promise<unknown> {
  const port = await portTable[name]!.load();
  assert.equal(faultOf(port.schema, document), undefined);
  return port.answer(document);
}

const pod = (name: string, image = 'busybox') => ({
  metadata: { name, namespace: 'new', uid: name },
  spec: { containers: [{ name: 'bar', image }] },
});

test('every port has a schema that a validator takes, with known fields', async () => {
  const ajv = new Ajv({ strict: false, code: { optimize: false } });
  for (const [name, { about, load }] of Object.entries(portTable)) {
    const { schema } = await load();
    const validate = ajv.compile(schema);
    assert.ok(!validate({ nonsense: 1 }), name);
    assert.match(about, /^\S.*[^.]$/);
  }
});

test('a port of a reconciler names the field that is missing or unknown', async () => {
  const { schema } = await portTable['knative/service']!.load();
  for (const [document, path, reason] of [
    [{ objects: [] }, 'key', 'expected a key "namespace/name", found nothing'],
    [
      { objects: [], key: 'a/b', failurs: [] },
      'failurs',
      'unknown field, did you mean "failures"?',
    ],
    [
      { objects: [{ kind: 'Pod' }], key: 'a/b' },
      'objects[0].apiVersion',
      'expected text, found nothing',
    ],
  ] as const) {
    assert.deepEqual(faultOf(schema, document), { path, reason });
  }
});

const three = {
  ...pod('foo'),
  spec: {
    containers: ['foo1', 'foo2', 'foo3'].map((name) => ({
      name,
      image: 'busybox',
    })),
  },
};

const sandbox = {
  id: 'sandboxID',
  state: 'SANDBOX_READY',
  attempt: 0,
  createdAt: '2019-04-05T00:00:00Z',
  network: { ip: '10.0.0.1', namespaceMode: 'POD' },
};

const running = (name: string) => ({
  id: `id-${name}`,
  name,
  state: 'running',
});

test('kubelet/pod-actions does nothing about a pod that runs', async () => {
  const answer = await ask('kubelet/pod-actions', {
    pod: three,
    podStatus: {
      id: '1',
      sandboxStatuses: [sandbox],
      containerStatuses: ['foo1', 'foo2', 'foo3'].map(running),
    },
  });
  assert.deepEqual(answer, {
    killPod: false,
    createSandbox: false,
    sandboxID: 'sandboxID',
    attempt: 0,
    nextInitContainerToStart: null,
    containersToStart: [],
    containersToKill: [],
  });
});

test('kubelet/pod-actions restarts what failed its probe or has another hash', async () => {
  const answer = await ask('kubelet/pod-actions', {
    pod: three,
    podStatus: {
      sandboxStatuses: [sandbox],
      containerStatuses: [
        running('foo1'),
        { ...running('foo2'), hash: 432423432 },
        running('foo3'),
      ],
    },
    livenessResults: { 'id-foo3': 'Failure', 'id-foo1': 'Success' },
  });
  const { containersToStart, containersToKill } = answer as {
    readonly containersToStart: number[];
    readonly containersToKill: string[];
  };
  assert.deepEqual(containersToStart, [1, 2]);
  assert.deepEqual(containersToKill, ['foo2', 'foo3']);
});

test('kubelet/pod-actions starts the first init container of a new sandbox', async () => {
  const [first] = three.spec.containers;
  const answer = await ask('kubelet/pod-actions', {
    pod: {
      ...three,
      spec: { ...three.spec, initContainers: [{ ...first, name: 'init1' }] },
    },
    podStatus: {
      sandboxStatuses: [{ ...sandbox, state: 'NOTREADY', attempt: 3 }],
    },
  });
  assert.deepEqual(answer, {
    killPod: true,
    createSandbox: true,
    sandboxID: 'sandboxID',
    attempt: 4,
    nextInitContainerToStart: 'init1',
    containersToStart: [],
    containersToKill: [],
  });
});

test('kubelet/relist gives the events of each relist', async () => {
  const answer = await ask('kubelet/relist', {
    relists: [
      [
        {
          id: 'p',
          containers: [
            { id: 'c1', state: 'running' },
            { id: 'c2', state: 'exited' },
          ],
          sandboxes: [{ id: 's', state: 'SANDBOX_READY' }],
        },
      ],
      [
        {
          id: 'p',
          containers: [{ id: 'c1', state: 'exited' }],
          sandboxes: [{ id: 's', state: 'SANDBOX_READY' }],
        },
      ],
      [],
    ],
  });
  const { events } = answer as {
    readonly events: { id: string; type: string; data: string }[][];
  };
  const sorted = events.map((list) =>
    list.map(({ id, type, data }) => `${id} ${type} ${data}`).toSorted(),
  );
  assert.deepEqual(sorted, [
    ['p ContainerDied c2', 'p ContainerStarted c1', 'p ContainerStarted s'],
    ['p ContainerDied c1', 'p ContainerRemoved c2'],
    ['p ContainerDied s', 'p ContainerRemoved c1', 'p ContainerRemoved s'],
  ]);
});

test('kubelet/config-merge gives what each update puts on the channel', async () => {
  const set = (...pods: unknown[]) => ({ source: 'api', op: 'SET', pods });
  const answer = await ask('kubelet/config-merge', {
    mode: 'incremental',
    updates: [
      set(pod('a'), pod('b')),
      set(pod('b', 'another'), pod('c')),
      set(pod('b', 'another'), pod('c')),
    ],
  });
  const { updates } = answer as {
    readonly updates: {
      op: string;
      source: string;
      pods: { metadata: { name: string } }[];
    }[][];
  };
  const brief = updates.map((list) =>
    list.map(({ op, source, pods }) =>
      [op, source, ...pods.map(({ metadata }) => metadata.name)].join(' '),
    ),
  );
  assert.deepEqual(brief, [
    ['ADD api a b'],
    ['REMOVE api a', 'ADD api c', 'UPDATE api b'],
    [],
  ]);
});

const dead = (id: string, minute: string, more: object = {}) => ({
  id,
  podUID: 'p',
  name: 'bar',
  createdAt: `2019-04-05T00:${minute}:00Z`,
  state: 'exited',
  sandboxID: 's',
  ...more,
});

test('kubelet/container-gc removes the oldest above the limit', async () => {
  const document = {
    containers: [
      dead('new', '03'),
      dead('middle', '02'),
      dead('old', '01'),
      dead('runs', '00', { state: 'running', name: 'other' }),
    ],
    sandboxes: [
      {
        id: 's',
        podUID: 'p',
        attempt: 1,
        createdAt: '2019-04-05T00:00:00Z',
        state: 'READY',
      },
      {
        id: 's-old',
        podUID: 'p',
        attempt: 0,
        createdAt: '2019-04-04T00:00:00Z',
        state: 'NOTREADY',
      },
    ],
    policy: { minAge: '1m', maxPerPodContainer: 1, maxContainers: -1 },
    now: '2019-04-05T01:00:00Z',
  };
  const answer = await ask('kubelet/container-gc', document);
  assert.deepEqual(answer, { removed: ['middle', 'old', 's-old'] });
  const gone = await ask('kubelet/container-gc', {
    ...document,
    deletedPods: ['p'],
  });
  assert.deepEqual(gone, { removed: ['new', 'middle', 'old', 's-old'] });
});

test('kubelet/container-gc names the field that is no duration', async () => {
  const document = {
    policy: { minAge: 'soon', maxPerPodContainer: 1, maxContainers: 1 },
    now: '2019-04-05T01:00:00Z',
  };
  await assert.rejects(async () => ask('kubelet/container-gc', document), {
    name: 'PortError',
    path: 'policy.minAge',
  });
});

const serving = (kind: string, spec: object, metadata: object = {}) => ({
  apiVersion: 'serving.knative.dev/v1alpha1',
  kind,
  metadata: { name: 'a', namespace: 'foo', ...metadata },
  spec,
});

interface Writes {
  readonly creates: readonly { readonly kind: string }[];
  readonly patches: readonly { readonly resource: string; name: string }[];
  readonly error: string | null;
}

test('a port of a reconciler names the ConfigMap that it cannot read', async () => {
  const metadata = { name: 'config-domain', namespace: 'knative-serving' };
  const data = { 'example.com': 'selector: [' };
  const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data };
  const document = { objects: [configMap], key: 'foo/a' };
  await assert.rejects(async () => ask('knative/route', document), {
    name: 'PortError',
    path: 'objects[0].data',
    message: /^Error initializing route config "config-domain": Cannot parse/,
  });
});

test('knative/route says what is missing, and builds nothing', async () => {
  const route = serving('Route', {
    traffic: [{ revisionName: 'r', percent: 100 }],
  });
  const { creates, patches, error } = (await ask('knative/route', {
    objects: [route],
    key: 'foo/a',
  })) as Writes;
  assert.deepEqual([creates, patches, error], [[], [], null]);
});

test('knative/clusteringress writes a VirtualService for gateways it is told of', async () => {
  const ingress = {
    apiVersion: 'networking.internal.knative.dev/v1alpha1',
    kind: 'ClusterIngress',
    metadata: { name: 'a' },
    spec: { rules: [{ hosts: ['a.com'], http: { paths: [] } }] },
  };
  const config = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'config-istio', namespace: 'knative-serving' },
    data: { 'gateway.mine': 'mine.istio-system.svc.cluster.local' },
  };
  const { creates, error } = (await ask('knative/clusteringress', {
    objects: [ingress, config],
    key: 'a',
  })) as { readonly creates: readonly { readonly spec?: unknown }[] } & Writes;
  assert.equal(error, null);
  assert.deepEqual(creates[0]?.spec, {
    gateways: ['mine', 'mesh'],
    hosts: ['a.com'],
    http: [],
  });
});

test('knative/traffic leads a Configuration to what is ready', async () => {
  const status = { latestReadyRevisionName: 'r' };
  const objects = [
    { ...serving('Configuration', {}), status },
    serving('Revision', {}, { name: 'r' }),
  ];
  const traffic = [{ configurationName: 'a', percent: 30 }];
  const namespace = 'foo';
  assert.deepEqual(
    await ask('knative/traffic', { objects, namespace, traffic }),
    {
      targets: {
        '': [
          {
            revisionName: 'r',
            configurationName: 'a',
            percent: 100,
            active: true,
            protocol: 'http1',
          },
        ],
      },
      revisionTargets: [
        {
          revisionName: 'r',
          configurationName: 'a',
          percent: 30,
          active: true,
          protocol: 'http1',
        },
      ],
      configurations: ['a'],
      revisions: ['r'],
      error: null,
    },
  );
});

test('knative/configuration creates the Revision of a generation', async () => {
  const spec = {
    generation: 1,
    revisionTemplate: { spec: { container: { image: 'busybox' } } },
  };
  const { creates, error } = (await ask('knative/configuration', {
    objects: [serving('Configuration', spec, { generation: 1 })],
    key: 'foo/a',
  })) as Writes;
  assert.deepEqual(
    creates.map(({ kind }) => kind),
    ['Revision'],
  );
  assert.equal(error, null);
});

test('knative/revision makes what a Revision needs, without any ConfigMap', async () => {
  const { creates, error } = (await ask('knative/revision', {
    objects: [serving('Revision', { container: { image: 'busybox' } })],
    key: 'foo/a',
  })) as Writes;
  assert.deepEqual(
    creates.map(({ kind }) => kind),
    ['Deployment', 'Image', 'Service', 'PodAutoscaler'],
  );
  assert.equal(error, null);
});

test('knative/labeler labels the Configuration that a Route uses', async () => {
  const owner = {
    apiVersion: 'serving.knative.dev/v1alpha1',
    kind: 'Configuration',
    name: 'a',
    uid: 'uid-a',
    controller: true,
  };
  const traffic = [{ revisionName: 'a-00001', percent: 100 }];
  const { patches, error } = (await ask('knative/labeler', {
    objects: [
      serving('Configuration', {}, { uid: 'uid-a' }),
      serving('Revision', {}, { name: 'a-00001', ownerReferences: [owner] }),
      { ...serving('Route', {}), status: { traffic } },
    ],
    key: 'foo/a',
  })) as Writes;
  assert.equal(error, null);
  assert.deepEqual(
    patches.map(({ resource, name }) => `${resource} ${name}`),
    ['configurations a'],
  );
});
