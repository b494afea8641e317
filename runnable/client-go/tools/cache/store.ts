/**
 * An informer's cache: the objects of one kind as the last events told them.
 */
import type { KObject } from '../../../apiserver/store.ts';

/**
 * The key of an object: `namespace/name`, or `name` when it is cluster-scoped.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/k8s.io/client-go/tools/cache/store.go MetaNamespaceKeyFunc
 */
export function metaNamespaceKeyFunc({ metadata }: KObject): string {
  const { namespace = '', name } = metadata;
  return namespace === '' ? name : `${namespace}/${name}`;
}

/**
 * The inverse of `metaNamespaceKeyFunc`.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/k8s.io/client-go/tools/cache/store.go SplitMetaNamespaceKey
 * @throws {Error} when the key has more than one slash
 */
export function splitMetaNamespaceKey(key: string): [string, string] {
  const [first = '', second, ...rest] = key.split('/');
  if (rest.length > 0) {
    throw new Error(`unexpected key format: ${JSON.stringify(key)}`);
  }
  return second === undefined ? ['', first] : [first, second];
}

/**
 * Everything in it is frozen and shared by all who read it.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/k8s.io/client-go/tools/cache/store.go cache
 * @omits indexes other than the one by namespace
 */
export class Cache<O extends KObject> {
  readonly #items = new Map<string, O>();
  readonly #namespaces = new Map<string, Map<string, O>>();

  /**
   * Keeps an object, in place of the one with its key.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/tools/cache/store.go cache.Add
   */
  add(object: O): void {
    const key = metaNamespaceKeyFunc(object);
    const { namespace = '' } = object.metadata;
    const items = this.#namespaces.get(namespace) ?? new Map<string, O>();
    this.#items.set(key, object);
    items.set(key, object);
    this.#namespaces.set(namespace, items);
  }

  /**
   * The same as `add`.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/tools/cache/store.go cache.Update
   */
  update(object: O): void {
    this.add(object);
  }

  /**
   * Drops the object with the key of this one.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/tools/cache/store.go cache.Delete
   */
  delete(object: O): void {
    const key = metaNamespaceKeyFunc(object);
    this.#items.delete(key);
    this.#namespaces.get(object.metadata.namespace ?? '')?.delete(key);
  }

  /**
   * The object with a key; undefined when there is none.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/tools/cache/store.go cache.GetByKey
   */
  getByKey(key: string): O | undefined {
    return this.#items.get(key);
  }

  /**
   * Everything in the cache.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/tools/cache/store.go cache.List
   * @differs the order is that of arrival; a Go map has none
   */
  list(): O[] {
    return [...this.#items.values()];
  }

  /**
   * The keys of everything in the cache.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/tools/cache/store.go cache.ListKeys
   */
  listKeys(): string[] {
    return [...this.#items.keys()];
  }

  /**
   * The objects of one namespace.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/tools/cache/store.go cache.ByIndex
   */
  byNamespace(namespace: string): O[] {
    return [...(this.#namespaces.get(namespace)?.values() ?? [])];
  }
}
