/**
 * A factory that makes one informer for each kind.
 */
import type { Gvr } from '../../../apiserver/store.ts';
import type { DuckInformer, InformerFactory } from './interface.ts';

/**
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/apis/duck/cached.go CachedInformerFactory
 */
export class CachedInformerFactory implements InformerFactory {
  readonly #delegate: InformerFactory;
  readonly #cache = new Map<string, Promise<DuckInformer>>();

  constructor(delegate: InformerFactory) {
    this.#delegate = delegate;
  }

  /**
   * Whoever comes while the first one waits for an informer waits with it.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/github.com/knative/pkg/apis/duck/cached.go CachedInformerFactory.Get
   */
  get(gvr: Gvr): Promise<DuckInformer> {
    const kind = `${gvr.group}/${gvr.version}/${gvr.resource}`;
    const made = this.#cache.get(kind) ?? this.#delegate.get(gvr);
    this.#cache.set(kind, made);
    return made;
  }
}
