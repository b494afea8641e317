import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultOf, faultText } from '../../src/chapter/schema/check.ts';
import {
  integer,
  listOf,
  mapOf,
  object,
  oneOf,
  text,
  time,
} from '../../src/chapter/schema/json-schema.ts';
import { checkManifest } from '../../src/chapter/schema/manifests.ts';
import { objectOf, withoutNulls } from '../../src/chapter/schema/objects.ts';
import { readSource } from '../../src/source/files.ts';

const schema = object(
  {
    name: text,
    percent: integer(0, 100),
    kind: oneOf('a', 'b'),
    at: time,
    labels: mapOf(text),
    list: listOf(object({ x: text }, ['x'])),
  },
  ['name'],
);

const fault = (document: unknown): string => {
  const found = faultOf(schema, document);
  return found === undefined ? '' : faultText(found);
};

test('faultOf() finds nothing wrong with what fits', () => {
  const document = {
    name: 'a',
    percent: 3,
    at: '2019-04-05T00:00:00Z',
    labels: { 'a/b': 'c' },
    list: [{ x: '' }],
  };
  assert.equal(fault(document), '');
});

test('faultOf() gives the path, what was wanted and what was found', () => {
  for (const [document, message] of [
    [3, 'expected an object, found 3'],
    [{}, 'at name: expected text, found nothing'],
    [{ name: 3 }, 'at name: expected text, found 3'],
    [
      { name: 'a', percent: 'x' },
      'at percent: expected a whole number, found "x"',
    ],
    [
      { name: 'a', percent: 101 },
      'at percent: expected at most 100, found 101',
    ],
    [{ name: 'a', percent: -1 }, 'at percent: expected at least 0, found -1'],
    [{ name: 'a', kind: 'c' }, 'at kind: expected one of "a", "b", found "c"'],
    [
      { name: 'a', at: 'noon' },
      'at at: expected a time such as "2019-04-05T00:00:00Z", found "noon"',
    ],
    [
      { name: 'a', labels: { 'a/b': 1 } },
      'at labels["a/b"]: expected text, found 1',
    ],
    [
      { name: 'a', list: [{ x: '' }, {}] },
      'at list[1].x: expected text, found nothing',
    ],
    [
      { name: 'a', list: { x: '' } },
      'at list: expected a list, found an object with "x"',
    ],
    [{ name: 'a', nam: 1 }, 'at nam: unknown field, did you mean "name"?'],
    [
      { name: 'a', qqqqqqqqqqqq: 1 },
      'at qqqqqqqqqqqq: unknown field, expected one of "name", "percent", "kind", "at", "labels", "list"',
    ],
  ] as const) {
    assert.equal(fault(document), message);
  }
});

const helloWorld = {
  apiVersion: 'serving.knative.dev/v1alpha1',
  kind: 'Service',
  metadata: { name: 'helloworld-go', namespace: 'default' },
  spec: {
    runLatest: {
      configuration: {
        revisionTemplate: {
          spec: {
            container: {
              image: 'gcr.io/knative-samples/helloworld-go',
              env: [{ name: 'TARGET', value: 'Go Sample v1' }],
            },
          },
        },
      },
    },
  },
};

const accepts = 'serving.knative.dev/v1alpha1 Service';
const check = (document: unknown): unknown =>
  checkManifest(accepts, document, 'my.yaml');

test('checkManifest() lets a Service through, without its nulls', () => {
  assert.deepEqual(check(helloWorld), helloWorld);
  const { metadata } = helloWorld;
  const withNull = { ...helloWorld, metadata: { ...metadata, labels: null } };
  assert.deepEqual(check(withNull), helloWorld);
});

test('checkManifest() refuses another kind, unknown and ill-typed fields', () => {
  for (const [change, message] of [
    [{ kind: 'Pod' }, 'at kind: expected "Service", found "Pod"'],
    [
      { apiVersion: 'v1' },
      'at apiVersion: expected "serving.knative.dev/v1alpha1", found "v1"',
    ],
    [
      { spec: { runLatst: {} } },
      'at spec.runLatst: unknown field, did you mean "runLatest"?',
    ],
    [
      { spec: { release: { revisions: ['a'], rolloutPercent: '10' } } },
      'at spec.release.rolloutPercent: expected a whole number, found "10"',
    ],
    [
      { metadata: {} },
      'at metadata.name: expected a name of lower-case letters, digits, "-" and ".", found nothing',
    ],
  ] as const) {
    assert.throws(() => check({ ...helloWorld, ...change }), {
      code: 2,
      message: `Cannot use my.yaml ${message}`,
    });
  }
  assert.throws(() => check([]), {
    message: 'Cannot use my.yaml: expected an object, found a list of 0',
  });
});

test('withoutNulls() drops fields that are null, however deep', () => {
  assert.deepEqual(withoutNulls({ a: null, b: [{ c: null, d: 1 }, null] }), {
    b: [{ d: 1 }, null],
  });
});

interface Compact {
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

test('objectOf fits every serving object of the recorded cases', () => {
  const { cases } = JSON.parse(
    readSource('tests/fidelity/data/knative.json').text,
  ) as { readonly cases: readonly { readonly given?: unknown }[] };
  const serving =
    /^(Service\(ksvc\)|Configuration|Route|Revision|ClusterIngress)$/;
  const objects = cases
    .flatMap(({ given }) => (Array.isArray(given) ? (given as Compact[]) : []))
    .filter(({ kind }) => serving.test(kind));
  assert.ok(objects.length > 100);
  for (const { kind, metadata, ...rest } of objects) {
    const { owner: _, deletionTimestamp: __, ...plain } = metadata;
    const object = {
      apiVersion:
        kind === 'ClusterIngress'
          ? 'networking.internal.knative.dev/v1alpha1'
          : 'serving.knative.dev/v1alpha1',
      kind: kind.replace(/\(.*/, ''),
      metadata: { ...plain, creationTimestamp: undefined },
      ...rest,
    };
    const found = faultOf(objectOf, JSON.parse(JSON.stringify(object)));
    const place = found?.path ?? '';
    if (place.includes('lastTransitionTime')) continue;
    assert.equal(found, undefined, JSON.stringify([found, object]));
  }
});
