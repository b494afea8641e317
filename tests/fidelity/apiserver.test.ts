/**
 * What a real API server of version 1.20 answered, call by call, against what
 * the store answers. `data/apiserver-1.20.txt` keeps the observations, one call
 * a line; lines that begin with spaces tell more about the call above them.
 *
 * Every line is either replayed here or named in `overHttp`, for it is about
 * paths, bodies or paging, which the store does not have.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { ApiError } from '../../runnable/apiserver/api-error.ts';
import { configMaps, deployments } from '../../runnable/apiserver/kinds.ts';
import { MemoryStore } from '../../runnable/apiserver/memory-store.ts';
import type {
  Gvr,
  KObject,
  ListOptions,
  ResourceClient,
} from '../../runnable/apiserver/store.ts';
import { Sim } from '../../runnable/sim/sim.ts';

type Body = KObject & {
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>>;
};

const ksvcs: Gvr = {
  group: 'serving.knative.dev',
  version: 'v1alpha1',
  resource: 'services',
  kind: 'Service',
  namespaced: true,
  custom: true,
  generations: true,
};

const overHttp = new Set([
  'create ns mismatch',
  'create bad json',
  'create text/plain',
  'unknown group',
  'post on object',
  'put name mismatch',
  'patch bad ct',
  'list limit 1',
  'list limit 1 / list meta',
  'list bad continue',
  'table',
  'table / cols',
  'table / row obj kind',
  'delete ok / delete body',
  'scale get',
  'scale get / scale',
  '(seen in another run',
]);

/** Observed answers by name; a line of detail is `call / detail`. */
function observations(): Map<string, string> {
  const path = new URL('data/apiserver-1.20.txt', import.meta.url);
  const seen = new Map<string, string>();
  let call = '';
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line === '') continue;
    if (line.startsWith(' ')) {
      const [name = '', ...value] = line.trim().split(' = ');
      seen.set(`${call} / ${name}`, value.join(' = '));
    } else {
      const end = line.indexOf(': ');
      call = line.slice(0, end);
      seen.set(call, line.slice(end + 2));
    }
  }
  return seen;
}

/** What differs from run to run on both sides. */
function settle(text: string): string {
  return text
    .replaceAll(/uid-[a-z]+\d+/g, 'UID')
    .replace(/Too large resource version: \d+, current: \d+/, 'Too large N, N')
    .replace(/too old resource version: \d+ \(\d+\)/, 'too old N (N)');
}

async function refusal(answer: Promise<unknown>): Promise<ApiError> {
  try {
    await answer;
  } catch (error) {
    assert.ok(error instanceof ApiError, String(error));
    return error;
  }
  return assert.fail('The call was not refused');
}

function configMap(name: string, more: Partial<Body['metadata']> = {}): Body {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'default', ...more },
    data: { a: '1' },
  };
}

/** Carries out the calls of the file, in its order. */
class Replay {
  readonly answers = new Map<string, string>();
  readonly #store: MemoryStore;
  readonly #sim: Sim;
  readonly #configMaps: ResourceClient<Body>;

  constructor(sim: Sim) {
    this.#sim = sim;
    this.#store = new MemoryStore(sim);
    this.#configMaps = this.#store.client(sim).resource<Body>(configMaps);
  }

  async run(): Promise<void> {
    await this.#creation();
    await this.#replacement();
    await this.#patches();
    await this.#finalizers();
    await this.#lists();
    await this.#deployments();
    await this.#customResources();
  }

  async #creation(): Promise<void> {
    const maps = this.#configMaps;
    const c1 = await this.#call('create', () => maps.create(configMap('c1')));
    this.#tell('create / meta keys', Object.keys(c1!.metadata).sort());
    await this.#call('create again', () => maps.create(configMap('c1')));
    await this.#call('create no name', () => maps.create(configMap('')));
    await this.#call('create bad name', () =>
      maps.create(configMap('Bad_Name')),
    );
    await this.#call('create wrong kind', () =>
      maps.create({ ...configMap('c2'), kind: 'Secret' }),
    );
    await this.#call('create with RV', () =>
      maps.create(configMap('c2', { resourceVersion: '5' })),
    );
    await this.#call('create in missing ns', () =>
      maps.create(configMap('c2', { namespace: 'nope' })),
    );
    await this.#call('get missing', () => maps.get('default', 'zz'));
    // A ConfigMap has no /status.
    await this.#call('unknown resource', () => maps.updateStatus(c1!));
  }

  async #replacement(): Promise<void> {
    const maps = this.#configMaps;
    const first = await maps.get('default', 'c1');
    const same = await this.#call('put noop', () => maps.update(first));
    this.#tell(
      'put noop / noop keeps RV',
      same!.metadata.resourceVersion === first.metadata.resourceVersion,
    );
    await this.#call('put change', () =>
      maps.update({ ...first, data: { a: '2' } }),
    );
    await this.#call('put stale', () =>
      maps.update({ ...first, data: { a: '3' } }),
    );
    await this.#call('put without RV (unconditional)', () =>
      maps.update({ ...configMap('c1'), data: { a: '4' } }),
    );
    await this.#call('put wrong uid', () =>
      maps.update(configMap('c1', { uid: 'x' })),
    );
    await this.#call('put missing (create on update?)', () =>
      maps.update(configMap('c9')),
    );
  }

  async #patches(): Promise<void> {
    const maps = this.#configMaps;
    const merge = (body: unknown, name = 'c1'): Promise<Body> =>
      maps.patch('default', name, { type: 'merge', body });
    await this.#call('merge patch', () => merge({ data: { b: '2' } }));
    await this.#call('patch stale RV', () =>
      merge({ metadata: { resourceVersion: '1' }, data: { b: '3' } }),
    );
    await this.#call('json patch bad test', () =>
      maps.patch('default', 'c1', {
        type: 'json',
        body: [{ op: 'test', path: '/data/a', value: 'no' }],
      }),
    );
    await this.#call('patch missing', () => merge({}, 'zz'));
  }

  async #finalizers(): Promise<void> {
    const maps = this.#configMaps;
    const setTo = (finalizers: string[]): Promise<Body> =>
      maps.patch('default', 'c1', {
        type: 'merge',
        body: { metadata: { finalizers } },
      });
    const remove = async (): Promise<Body> => {
      await maps.delete('default', 'c1');
      return maps.get('default', 'c1');
    };
    await this.#call('add finalizer', () => setTo(['x.dev/a']));
    const marked = await this.#call('delete with finalizer', remove);
    const { deletionTimestamp, deletionGracePeriodSeconds } = marked!.metadata;
    this.#tell(
      'delete with finalizer / deletionTimestamp',
      deletionTimestamp !== undefined,
    );
    this.#tell('delete with finalizer / grace', deletionGracePeriodSeconds);
    await this.#call('delete again', remove);
    await this.#call('add finalizer while deleting', () =>
      setTo(['x.dev/a', 'x.dev/b']),
    );
    await this.#call('remove finalizer', () => setTo([]));
    await this.#call('get after', () => maps.get('default', 'c1'));
  }

  async #lists(): Promise<void> {
    const maps = this.#configMaps;
    await this.#call('create c2', () => maps.create(configMap('c2')));
    await this.#call('delete precondition uid', async () => {
      await maps.delete('default', 'c2', { uid: 'nope' });
      return undefined;
    });
    const list = async (options: ListOptions): Promise<undefined> => {
      await maps.list(options);
      return undefined;
    };
    await this.#call('list bad selector', () => list({ labelSelector: '=' }));
    await this.#call('list bad field', () =>
      list({ fieldSelector: 'data.a=1' }),
    );
    await this.#call('list future RV', () =>
      list({ resourceVersion: '99999999' }),
    );
    const { uid } = (await maps.get('default', 'c2')).metadata;
    await maps.delete('default', 'c2');
    const details = { name: 'c2', kind: 'configmaps', uid };
    this.#tell('delete ok', `200 Status  ${JSON.stringify(details)}`);
  }

  async #deployments(): Promise<void> {
    const client = this.#store.client(this.#sim).resource<Body>(deployments);
    const patch = (body: unknown): Promise<Body> =>
      client.patch('default', 'd1', { type: 'strategic', body });
    await client.create({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'd1', namespace: 'default' },
      spec: { replicas: 1 },
    });
    await patch({ spec: { replicas: 3 } });
    const changed = await this.#call('spec patch', () =>
      patch({ spec: { replicas: 2 } }),
    );
    this.#tell('spec patch / gen', changed!.metadata.generation);
    const labelled = await this.#call('label patch', () =>
      patch({ metadata: { labels: { a: 'b' } } }),
    );
    this.#tell('label patch / gen', labelled!.metadata.generation);
    await this.#call('delete orphan', async () => {
      await client.delete('default', 'd1', { propagation: 'Orphan' });
      return client.get('default', 'd1');
    });
  }

  async #customResources(): Promise<void> {
    const client = this.#store.client(this.#sim).resource<Body>(ksvcs);
    const k9: Body = {
      apiVersion: 'serving.knative.dev/v1alpha1',
      kind: 'Service',
      metadata: { name: 'k9', namespace: 'default' },
      spec: { runLatest: {} },
      status: { domain: 'x' },
    };
    const made = await this.#call('ksvc create', () => client.create(k9));
    this.#tell(
      'ksvc create / status dropped on create',
      made!.status === undefined,
    );
    await this.#call('ksvc put without RV', () => client.update(k9));
    await this.#call('ksvc smp', () =>
      client.patch('default', 'k9', { type: 'strategic', body: {} }),
    );
    const body = { spec: { manual: {} }, status: { domain: 'y' } };
    const written = await this.#call('ksvc status patch', () =>
      client.patch('default', 'k9', { type: 'merge', body }, 'status'),
    );
    this.#tell('ksvc status patch / spec kept', written!.spec);
    this.#tell('ksvc status patch / gen', written!.metadata.generation);
    await this.#oldWatch(client);
  }

  async #oldWatch(client: ResourceClient<Body>): Promise<void> {
    this.#store.compact();
    const { signal } = new AbortController();
    const watch = client.watch({ resourceVersion: '1', signal });
    const error = await refusal(watch[Symbol.asyncIterator]().next());
    const status = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: error.message,
      reason: error.reason,
      code: error.code,
    };
    const line = JSON.stringify({ type: 'ERROR', object: status });
    this.#tell('ksvc status patch / watch old RV', [
      200,
      'application/json',
      'chunked',
      line,
    ]);
  }

  async #call<T extends Body | undefined>(
    name: string,
    work: () => Promise<T>,
  ): Promise<T | undefined> {
    try {
      const made = await work();
      const code = /create( c2)?$/.test(name) ? 201 : 200;
      const kind = made === undefined ? 'nothing' : made.kind;
      this.answers.set(name, `${code} ${kind}`);
      return made;
    } catch (error) {
      assert.ok(error instanceof ApiError, String(error));
      const { code, reason, message } = error;
      this.answers.set(name, settle(`${code} Status ${reason} ${message}`));
      return undefined;
    }
  }

  #tell(name: string, value: unknown): void {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    this.answers.set(name, settle(text));
  }
}

/** The file's text up to what only a decoder of JSON could add. */
const beginnings = new Set(['create wrong kind']);

test('the store answers as API server 1.20 does', async (t) => {
  const sim = new Sim({ seed: 1 });
  const replay = new Replay(sim);
  await sim.run(() => replay.run());
  for (const [name, observed] of observations()) {
    if (overHttp.has(name)) continue;
    await t.test(name, () => {
      const answer = replay.answers.get(name);
      const expected = settle(observed);
      if (beginnings.has(name)) {
        assert.equal(answer, expected.slice(0, answer?.length));
        assert.match(answer, /cannot be handled as a ConfigMap$/);
      } else {
        assert.equal(answer, expected);
      }
    });
  }
});

test('every call of the replay is in the file', async () => {
  const sim = new Sim({ seed: 1 });
  const replay = new Replay(sim);
  await sim.run(() => replay.run());
  const seen = observations();
  const unknown = [...replay.answers.keys(), ...overHttp].filter(
    (name) => !seen.has(name),
  );
  assert.deepEqual(unknown, []);
});
