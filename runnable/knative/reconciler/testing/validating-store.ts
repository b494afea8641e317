/**
 * A store that refuses Revisions the webhook would refuse, and the status of
 * a Configuration that could only make such.
 *
 * Upstream's table tests run behind a client that validates whatever it is
 * asked to create or update, a status included. It matters in one place: a
 * Configuration whose template makes no sense gets no Revision, and cannot
 * even say so.
 *
 * @differs other kinds are stored as they are, so that a controller can be
 *   tried on objects that leave out what it does not read
 */
import type {
  Gvr,
  KObject,
  ResourceClient,
  Store,
} from '../../../apiserver/store.ts';
import type { FieldError } from '../../apis/field-error.ts';
import { configurations, revisions } from '../../apis/resources.ts';
import { validateConfiguration } from '../../apis/serving/v1alpha1/configuration-validation.ts';
import { validateRevision } from '../../apis/serving/v1alpha1/revision-validation.ts';

/** The same store, for Revisions that make sense. */
export function validatingStore(store: Store): Store {
  return {
    resource: <O extends KObject>(gvr: Gvr) =>
      validatingClient(gvr, store.resource<O>(gvr)),
  };
}

function validatingClient<O extends KObject>(
  gvr: Gvr,
  client: ResourceClient<O>,
): ResourceClient<O> {
  return {
    get: (namespace, name) => client.get(namespace, name),
    list: (options) => client.list(options),
    watch: (options) => client.watch(options),
    create: async (object) => {
      if (gvr === revisions) insist(validateRevision(object));
      return client.create(object);
    },
    update: (object) => client.update(object),
    updateStatus: async (object) => {
      if (gvr === configurations) insist(validateConfiguration(object));
      return client.updateStatus(object);
    },
    patch: (...what) => client.patch(...what),
    delete: (...which) => client.delete(...which),
    deleteCollection: (options) => client.deleteCollection(options),
  };
}

/** @throws {Error} that says what is wrong, if anything is */
function insist(wrong: FieldError): void {
  if (!wrong.isEmpty) throw new Error(wrong.error());
}
