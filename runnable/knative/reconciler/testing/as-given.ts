/**
 * Objects without what the API filled in: in upstream's table tests nobody
 * does, so what an object did not say stays unsaid.
 */
import { isRecord } from '../../../apiserver/objects.ts';
import type { MemoryStore } from '../../../apiserver/memory-store.ts';
import type {
  Gvr,
  KObject,
  Patch,
  ResourceClient,
  Store,
} from '../../../apiserver/store.ts';

/** The stored object without what the API counts and notes, unless given. */
export function asGiven<O extends KObject>(
  stored: O,
  given: KObject | undefined,
): O {
  const { generation, creationTimestamp, resourceVersion, ...metadata } =
    stored.metadata;
  const { metadata: said } = given ?? {};
  return {
    ...stored,
    metadata: {
      ...metadata,
      ...(said?.generation === undefined ? {} : { generation }),
      ...(said?.creationTimestamp === undefined ? {} : { creationTimestamp }),
      ...(said?.resourceVersion === undefined ? {} : { resourceVersion }),
    },
  };
}

/**
 * The store as one run sees it. The answer to an update holds no more than was
 * sent.
 *
 * @differs no write conflicts with an earlier one of the same run: the caches
 *   stand still, while those of a process would have heard of it
 */
export function asGivenStore(memory: MemoryStore, store: Store): Store {
  return {
    resource: <O extends KObject>(gvr: Gvr) =>
      asGivenClient(
        store.resource<O>(gvr),
        (namespace = '', name) =>
          memory.peek(gvr, namespace, name)?.metadata.resourceVersion,
      ),
  };
}

/** The version that an object has by now. */
type VersionOf = (
  namespace: string | undefined,
  name: string,
) => string | undefined;

function asGivenClient<O extends KObject>(
  client: ResourceClient<O>,
  versionOf: VersionOf,
): ResourceClient<O> {
  const current = (object: O): O => {
    const { namespace, name } = object.metadata;
    const resourceVersion = versionOf(namespace, name);
    if (resourceVersion === undefined) return object;
    return { ...object, metadata: { ...object.metadata, resourceVersion } };
  };
  return {
    get: (namespace, name) => client.get(namespace, name),
    list: (options) => client.list(options),
    watch: (options) => client.watch(options),
    create: (object) => client.create(object),
    update: async (object) =>
      asGiven(await client.update(current(object)), object),
    updateStatus: (object) => client.updateStatus(current(object)),
    patch: (namespace, name, patch, subresource) =>
      client.patch(
        namespace,
        name,
        versioned(patch, versionOf(namespace, name)),
        subresource,
      ),
    delete: (...which) => client.delete(...which),
    deleteCollection: (options) => client.deleteCollection(options),
  };
}

/** A patch that names a version, with the one that the object has by now. */
function versioned(patch: Patch, resourceVersion: string | undefined): Patch {
  if (patch.type === 'json' || !isRecord(patch.body)) return patch;
  const { metadata } = patch.body;
  if (!isRecord(metadata) || !('resourceVersion' in metadata)) return patch;
  const body = { ...patch.body, metadata: { ...metadata, resourceVersion } };
  return { type: patch.type, body };
}
