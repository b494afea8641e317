/**
 * What is left of an object whose deletion nobody saw.
 *
 * @omits the queue of deltas between reflector and informer: here the
 *   reflector hands each change to the informer at once
 */

/**
 * A tombstone. The watch was interrupted, and the next list had no such object
 * any more: `obj` is the last one known, and may be out of date.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/k8s.io/client-go/tools/cache/delta_fifo.go DeletedFinalStateUnknown
 */
export class DeletedFinalStateUnknown<O> {
  readonly key: string;
  readonly obj: O;

  constructor(key: string, obj: O) {
    this.key = key;
    this.obj = obj;
  }
}
