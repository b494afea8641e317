/**
 * A factory whose informers all have the same handler.
 */
import type { Gvr } from '../../../apiserver/store.ts';
import type { ResourceEventHandler } from '../../../client-go/tools/cache/controller.ts';
import type { DuckInformer, InformerFactory } from './interface.ts';
import type { KResource } from './v1alpha1/conditions-types.ts';

/**
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/apis/duck/enqueue.go EnqueueInformerFactory
 */
export class EnqueueInformerFactory implements InformerFactory {
  readonly #delegate: InformerFactory;
  readonly #eventHandler: ResourceEventHandler<KResource>;

  constructor(
    delegate: InformerFactory,
    eventHandler: ResourceEventHandler<KResource>,
  ) {
    this.#delegate = delegate;
    this.#eventHandler = eventHandler;
  }

  /**
   * @upstream knative/serving v0.4.1
   *   vendor/github.com/knative/pkg/apis/duck/enqueue.go EnqueueInformerFactory.Get
   */
  async get(gvr: Gvr): Promise<DuckInformer> {
    const informer = await this.#delegate.get(gvr);
    informer.addEventHandler(this.#eventHandler);
    return informer;
  }
}
