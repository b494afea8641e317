/**
 * A store that notes every write it is asked for, whether it succeeds or not.
 *
 * It stands between a reconciler and the API in memory when one key is
 * reconciled on its own, as in upstream's table tests.
 */
import type {
  Gvr,
  KObject,
  ResourceClient,
  Store,
} from '../../../apiserver/store.ts';

export interface RecordedPatch {
  readonly resource: string;
  readonly namespace: string;
  readonly name: string;
  readonly patch: unknown;
}

export interface RecordedDelete {
  readonly resource: string;
  readonly namespace: string;
  readonly name?: string;
  readonly labelSelector?: string;
}

/** The writes of a run, each list in order. */
export interface Writes {
  readonly creates: KObject[];
  readonly updates: KObject[];
  readonly statusUpdates: KObject[];
  readonly patches: RecordedPatch[];
  readonly deletes: RecordedDelete[];
}

/** Notes in `writes` what goes to `store`. */
export function recordingStore(store: Store, writes: Writes): Store {
  return {
    resource: <O extends KObject>(gvr: Gvr) =>
      recordingClient(gvr, store.resource<O>(gvr), writes),
  };
}

function recordingClient<O extends KObject>(
  gvr: Gvr,
  client: ResourceClient<O>,
  writes: Writes,
): ResourceClient<O> {
  const { resource } = gvr;
  return {
    get: (namespace, name) => client.get(namespace, name),
    list: (options) => client.list(options),
    watch: (options) => client.watch(options),
    create: async (object) => {
      const place = writes.creates.push(object) - 1;
      const created = await client.create(object);
      const { name } = created.metadata;
      writes.creates[place] = {
        ...object,
        metadata: { ...object.metadata, name },
      };
      return created;
    },
    update: (object) => {
      writes.updates.push(object);
      return client.update(object);
    },
    updateStatus: (object) => {
      writes.statusUpdates.push(object);
      return client.updateStatus(object);
    },
    patch: (namespace, name, patch, subresource) => {
      writes.patches.push({ resource, namespace, name, patch: patch.body });
      return client.patch(namespace, name, patch, subresource);
    },
    delete: (namespace, name, options) => {
      writes.deletes.push({ resource, namespace, name });
      return client.delete(namespace, name, options);
    },
    deleteCollection: (options) => {
      const { namespace = '', labelSelector = '' } = options;
      writes.deletes.push({ resource, namespace, labelSelector });
      return client.deleteCollection(options);
    },
  };
}
