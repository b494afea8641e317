/**
 * The scale of an object: how many replicas it shall have, whatever its kind.
 */
import { apiVersionOf, deployments } from '../../../../../apiserver/kinds.ts';
import type { Gvr, KObject, Store } from '../../../../../apiserver/store.ts';
import type { CrossVersionObjectReference } from '../../../../apis/autoscaling/v1alpha1/pa-types.ts';
import { kindToResource } from '../../../../apis/kind2resource.ts';

/** What has replicas. */
interface Scalable extends KObject {
  readonly spec?: { readonly replicas?: number };
}

/** How many replicas an object has been asked to have, and how to ask anew. */
export interface Scale {
  readonly replicas: number;
  /** @throws {ApiError} Conflict when the object changed in between */
  update(replicas: number): Promise<void>;
}

/**
 * Reads and writes replicas, and nothing else of an object.
 *
 * @differs upstream goes through the subresource `scale`; here the object is
 *   read and written, with the version it was read at
 */
export class ScalesGetter {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** @throws {ApiError} NotFound */
  async get(namespace: string, gvr: Gvr, name: string): Promise<Scale> {
    const client = this.#store.resource<Scalable>(gvr);
    const object = await client.get(namespace, name);
    return {
      replicas: object.spec?.replicas ?? 0,
      update: async (replicas) => {
        await client.update({ ...object, spec: { ...object.spec, replicas } });
      },
    };
  }
}

/**
 * The resource that a reference means.
 *
 * @throws {Error} when its `apiVersion` is none
 */
export function resourceOfTarget(ref: CrossVersionObjectReference): Gvr {
  const { apiVersion = '', kind } = ref;
  if (apiVersion.split('/').length > 2) {
    throw new Error(`unexpected GroupVersion string: ${apiVersion}`);
  }
  const isDeployment =
    apiVersion === apiVersionOf(deployments) && kind === deployments.kind;
  return isDeployment ? deployments : kindToResource({ apiVersion, kind });
}
