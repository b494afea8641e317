/**
 * Listers: reading from the cache as though it were the API.
 *
 * A lister never asks the server. What it returns may be older than what the
 * caller wrote a moment ago, is shared with everybody else, and is frozen:
 * copy it before changing it.
 *
 * @differs one generic class where Go generates a typed one for every kind
 */
import { matcher } from '../../../apiserver/selectors.ts';
import type { KObject } from '../../../apiserver/store.ts';
import type { Cache } from './store.ts';

/**
 * Reads all of a cache.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/k8s.io/client-go/tools/cache/listers.go genericLister
 */
export class Lister<O extends KObject> {
  readonly #indexer: Cache<O>;

  constructor(indexer: Cache<O>) {
    this.#indexer = indexer;
  }

  /**
   * All cached objects that carry the labels of `selector`, such as `a=b`.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/tools/cache/listers.go ListAll
   */
  list(labelSelector = ''): O[] {
    return this.#indexer.list().filter(matcher({ labelSelector }));
  }

  /**
   * A cluster-scoped object by its name; undefined when the cache has none.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/tools/cache/listers.go genericLister.Get
   */
  get(name: string): O | undefined {
    return this.#indexer.getByKey(name);
  }

  /**
   * The objects of one namespace alone.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/tools/cache/listers.go genericLister.ByNamespace
   */
  byNamespace(namespace: string): NamespaceLister<O> {
    return new NamespaceLister(this.#indexer, namespace);
  }
}

/**
 * Reads what a cache holds of one namespace.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/k8s.io/client-go/tools/cache/listers.go genericNamespaceLister
 */
export class NamespaceLister<O extends KObject> {
  readonly #indexer: Cache<O>;
  readonly #namespace: string;

  constructor(indexer: Cache<O>, namespace: string) {
    this.#indexer = indexer;
    this.#namespace = namespace;
  }

  /**
   * The cached objects of the namespace that carry the labels of `selector`.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/tools/cache/listers.go ListAllByNamespace
   */
  list(labelSelector = ''): O[] {
    return this.#indexer
      .byNamespace(this.#namespace)
      .filter(matcher({ labelSelector }));
  }

  /**
   * The cached object of that name; undefined when the cache has none.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/tools/cache/listers.go genericNamespaceLister.Get
   */
  get(name: string): O | undefined {
    return this.#indexer.getByKey(`${this.#namespace}/${name}`);
  }
}
