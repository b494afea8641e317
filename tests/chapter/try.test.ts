import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { describe, test } from 'node:test';
import { Ajv } from 'ajv';
import { chapter } from './command.ts';

const service = (mode: object) => ({
  apiVersion: 'serving.knative.dev/v1alpha1',
  kind: 'Service',
  metadata: { name: 'a', namespace: 'foo' },
  spec: mode,
});

const oneCase = (mode: object) => ({
  objects: [service(mode)],
  key: 'foo/a',
});

interface Output {
  readonly creates: readonly { readonly kind: string }[];
  readonly error: string | null;
}

describe('npm run chapter try', { concurrency: 2 }, () => {
  test('alone lists the ports', async () => {
    const { code, stdout, stderr } = await chapter(['try']);
    assert.equal(code, 0);
    assert.match(stderr, / try kubelet\/relist -- --schema$/m);
    assert.match(stdout, /^knative\/service {2,}\S/m);
  });

  test('answers a document with everything that was written', async () => {
    const stdin = JSON.stringify(
      oneCase({
        runLatest: {
          configuration: {
            revisionTemplate: { spec: { container: { image: 'busybox' } } },
          },
        },
      }),
    );
    const ended = await chapter(['try', 'knative/service'], { stdin });
    assert.equal(ended.code, 0, ended.stderr);
    const output = JSON.parse(ended.stdout) as Output;
    assert.deepEqual(Object.keys(output), [
      'creates',
      'updates',
      'statusUpdates',
      'patches',
      'deletes',
      'events',
      'error',
    ]);
    assert.deepEqual(
      output.creates.map(({ kind }) => kind),
      ['Configuration', 'Route'],
    );
    assert.equal(output.error, null);
  });

  test('takes YAML, and lets writes fail as they are told to', async () => {
    const stdin = `
objects:
  - apiVersion: serving.knative.dev/v1alpha1
    kind: Service
    metadata: { name: a, namespace: foo }
    spec: { runLatest: { configuration: {} } }
key: foo/a
failures: [{ verb: create, resource: configurations }]
now: 2019-04-05T00:00:00Z
`;
    const ended = await chapter(['try', 'knative/service'], { stdin });
    assert.equal(ended.code, 0, ended.stderr);
    const { error, creates } = JSON.parse(ended.stdout) as Output;
    assert.equal(error, 'inducing failure for create configurations');
    assert.equal(creates.length, 1);
  });

  test('refuses a document with the path of its fault', async () => {
    const stdin = JSON.stringify(oneCase({ runLatst: {} }));
    const ended = await chapter(['try', 'knative/service'], { stdin });
    assert.equal(ended.code, 2);
    assert.equal(ended.stdout, '');
    assert.equal(
      ended.stderr,
      'Cannot use stdin at objects[0].spec.runLatst: unknown field, did you mean "runLatest"?\n',
    );
  });

  test('--ndjson answers line by line, and goes on after a bad one', async () => {
    const stdin = [
      JSON.stringify(oneCase({ manual: {} })),
      '{"objects": []',
      JSON.stringify({ objects: [], key: 3 }),
      '',
      JSON.stringify({ objects: [], key: 'foo/none' }),
    ].join('\n');
    const words = ['try', 'knative/service', '--ndjson'];
    const { code, stdout, stderr } = await chapter(words, { stdin });
    assert.equal(code, 2);
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.equal(answers.length, 4);
    assert.deepEqual(answers[0]!['creates'], []);
    assert.match(String(answers[1]!['error']), /^expected a JSON document: /);
    assert.equal(answers[1]!['path'], '');
    assert.deepEqual(answers[2], {
      error: 'expected a key "namespace/name", found 3',
      path: 'key',
    });
    assert.equal(answers[3]!['error'], null);
    assert.equal(stderr.trimEnd().split('\n').length, 1);
  });

  test('--schema prints a schema that accepts what the port accepts', async () => {
    const words = ['try', 'knative/service', '--schema'];
    const { code, stdout } = await chapter(words);
    assert.equal(code, 0);
    const validate = new Ajv({ strict: false }).compile(
      JSON.parse(stdout) as object,
    );
    assert.ok(validate(oneCase({ manual: {} })));
    assert.ok(!validate(oneCase({ manul: {} })));
  });

  test('wants a port for its flags, and a file for --ndjson', async () => {
    const flag = await chapter(['try', '--schema']);
    assert.deepEqual([flag.code, flag.stdout], [2, '']);
    assert.equal(
      flag.stderr,
      'Cannot use flag "--schema": expected a port, found none\n',
    );
    const words = ['try', 'kubelet/relist', '--ndjson', '--input', tmpdir()];
    const folder = await chapter(words);
    assert.deepEqual([folder.code, folder.stdout], [2, '']);
    assert.match(
      folder.stderr,
      /^Cannot read .*: expected a file, found a folder\n$/,
    );
  });

  test('an unknown port gets the nearest name', async () => {
    const { code, stderr } = await chapter(['try', 'knative/servce']);
    assert.equal(code, 2);
    assert.equal(
      stderr,
      'Cannot find port "knative/servce": did you mean "knative/service"?\n',
    );
  });
});
