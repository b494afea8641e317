/**
 * Objects without what the API filled in: in upstream's table tests nobody
 * does, so what an object did not say stays unsaid.
 */
import type {
  KObject,
  ResourceClient,
  Store,
} from '../../../apiserver/store.ts';

/** The stored object without generation and time of creation, unless given. */
export function asGiven<O extends KObject>(
  stored: O,
  given: KObject | undefined,
): O {
  const { generation, creationTimestamp, ...metadata } = stored.metadata;
  const { metadata: said } = given ?? {};
  return {
    ...stored,
    metadata: {
      ...metadata,
      ...(said?.generation === undefined ? {} : { generation }),
      ...(said?.creationTimestamp === undefined ? {} : { creationTimestamp }),
    },
  };
}

/** A store whose answer to an update holds no more than was sent. */
export function asGivenStore(store: Store): Store {
  return {
    resource: <O extends KObject>(gvr: Parameters<Store['resource']>[0]) =>
      asGivenClient(store.resource<O>(gvr)),
  };
}

function asGivenClient<O extends KObject>(
  client: ResourceClient<O>,
): ResourceClient<O> {
  return {
    get: (namespace, name) => client.get(namespace, name),
    list: (options) => client.list(options),
    watch: (options) => client.watch(options),
    create: (object) => client.create(object),
    update: async (object) => asGiven(await client.update(object), object),
    updateStatus: (object) => client.updateStatus(object),
    patch: (...which) => client.patch(...which),
    delete: (...which) => client.delete(...which),
    deleteCollection: (options) => client.deleteCollection(options),
  };
}
