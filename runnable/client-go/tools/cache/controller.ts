/**
 * Who is told of changes: handlers, and the filter that stands before one.
 */
import type { KObject } from '../../../apiserver/store.ts';
import { DeletedFinalStateUnknown } from './delta-fifo.ts';
import { metaNamespaceKeyFunc } from './store.ts';

/**
 * What an informer calls. Handlers must be quick: they queue a key and return.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/k8s.io/client-go/tools/cache/controller.go ResourceEventHandler
 */
export interface ResourceEventHandler<O extends KObject> {
  onAdd(obj: O): void;
  /** Also called at every resync, with an object that has not changed. */
  onUpdate(oldObj: O, newObj: O): void;
  onDelete(obj: O | DeletedFinalStateUnknown<O>): void;
}

/** Which of the three a handler cares for. */
interface Callbacks<O extends KObject> {
  readonly addFunc?: (obj: O) => void;
  readonly updateFunc?: (oldObj: O, newObj: O) => void;
  readonly deleteFunc?: (obj: O | DeletedFinalStateUnknown<O>) => void;
}

/**
 * A handler made of functions, any of which may be missing.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/k8s.io/client-go/tools/cache/controller.go ResourceEventHandlerFuncs
 */
export class ResourceEventHandlerFuncs<
  O extends KObject,
> implements ResourceEventHandler<O> {
  readonly #funcs: Callbacks<O>;

  constructor(funcs: Callbacks<O>) {
    this.#funcs = funcs;
  }

  /**
   * Calls `addFunc`, if there is one.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/tools/cache/controller.go ResourceEventHandlerFuncs.OnAdd
   */
  onAdd(obj: O): void {
    this.#funcs.addFunc?.(obj);
  }

  /**
   * Calls `updateFunc`, if there is one.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/tools/cache/controller.go ResourceEventHandlerFuncs.OnUpdate
   */
  onUpdate(oldObj: O, newObj: O): void {
    this.#funcs.updateFunc?.(oldObj, newObj);
  }

  /**
   * Calls `deleteFunc`, if there is one.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/tools/cache/controller.go ResourceEventHandlerFuncs.OnDelete
   */
  onDelete(obj: O | DeletedFinalStateUnknown<O>): void {
    this.#funcs.deleteFunc?.(obj);
  }
}

/**
 * Lets a handler see only the objects that pass a filter. An object that
 * begins to pass looks added to it, one that no longer passes looks deleted.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/k8s.io/client-go/tools/cache/controller.go FilteringResourceEventHandler
 */
export class FilteringResourceEventHandler<
  O extends KObject,
> implements ResourceEventHandler<O> {
  readonly #filterFunc: (obj: O | DeletedFinalStateUnknown<O>) => boolean;
  readonly #handler: ResourceEventHandler<O>;

  constructor(
    filterFunc: (obj: O | DeletedFinalStateUnknown<O>) => boolean,
    handler: ResourceEventHandler<O>,
  ) {
    this.#filterFunc = filterFunc;
    this.#handler = handler;
  }

  /**
   * Passes the object on if it passes.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/tools/cache/controller.go FilteringResourceEventHandler.OnAdd
   */
  onAdd(obj: O): void {
    if (!this.#filterFunc(obj)) return;
    this.#handler.onAdd(obj);
  }

  /**
   * Compares what the filter says of the old object and of the new.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/tools/cache/controller.go FilteringResourceEventHandler.OnUpdate
   */
  onUpdate(oldObj: O, newObj: O): void {
    const newer = this.#filterFunc(newObj);
    const older = this.#filterFunc(oldObj);
    if (newer && older) this.#handler.onUpdate(oldObj, newObj);
    else if (newer) this.#handler.onAdd(newObj);
    else if (older) this.#handler.onDelete(oldObj);
  }

  /**
   * A tombstone goes through the filter like any object.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/tools/cache/controller.go FilteringResourceEventHandler.OnDelete
   */
  onDelete(obj: O | DeletedFinalStateUnknown<O>): void {
    if (!this.#filterFunc(obj)) return;
    this.#handler.onDelete(obj);
  }
}

/**
 * The key of an object or of its tombstone.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/k8s.io/client-go/tools/cache/controller.go DeletionHandlingMetaNamespaceKeyFunc
 */
export function deletionHandlingMetaNamespaceKeyFunc(
  obj: KObject | DeletedFinalStateUnknown<KObject>,
): string {
  if (obj instanceof DeletedFinalStateUnknown) return obj.key;
  return metaNamespaceKeyFunc(obj);
}
