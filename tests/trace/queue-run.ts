/**
 * A controller in miniature: a user's write is delivered, queued, and worked
 * off by a worker that writes a child.
 */
import { TraceBuilder } from './builder.ts';

export const key = 'default/a';

const path = 'runnable/client-go/util/workqueue/queue.ts';

export function object(kind: string, more: object = {}): object {
  return {
    apiVersion: 'serving.knative.dev/v1alpha1',
    kind,
    metadata: { name: 'a', namespace: 'default', generation: 1 },
    ...more,
  };
}

class Type {
  readonly name = 'Things';
}

class Impl {
  readonly id = 'controller';
}

export interface QueueRun {
  readonly builder: TraceBuilder;
  readonly queue: object;
  readonly write: number;
  readonly delivery: number;
  readonly add: number;
  readonly get: number;
  readonly child: number;
  readonly done: number;
}

/** Builds the run; `reconcileStory` is what the reconciler says of itself. */
export function queueRun(reconcileStory: readonly string[] = []): QueueRun {
  const builder = new TraceBuilder();
  builder
    .lane('user', ['user'])
    .lane('informers', ['informer*'])
    .lane('things', ['worker*'], { noun: 'the things controller' });
  builder.folded.add(path);
  const queue = new Type();
  const add = builder.site('Type.add', { path, params: ['item'] });
  const get = builder.site('Type.get', { path, async: true, line: 30 });
  const done = builder.site('Type.done', { path, params: ['item'], line: 50 });
  const enqueue = builder.site('Impl.enqueue', { params: ['object'] });
  const reconcile = builder.site('Impl.reconcile', {
    params: ['key'],
    line: 40,
    story: reconcileStory,
  });

  builder.task('worker 1').call(get, [], queue);
  const wake = builder.await(31);
  builder.task('user');
  const parent = object('Thing');
  const fields = { object: parent };
  const write = builder.event('store.create', 'Thing default/a', { fields });
  builder.at(1).task('informer Thing');
  const delivery = builder.event('watch.deliver', 'Thing default/a', {
    fields: { verb: 'ADDED', object: parent },
    cause: write,
  });
  builder.call(enqueue, [parent], new Impl());
  const added = builder.call(add, [key], queue);
  builder.return();
  builder.return();
  wake();
  const got = builder.return({ item: key, shutdown: false });
  builder.call(reconcile, [key]);
  const owner = { kind: 'Thing', name: 'a', controller: true };
  const metadata = {
    name: 'a',
    namespace: 'default',
    labels: { of: 'a' },
    ownerReferences: [owner],
  };
  const child = builder.event('store.create', 'Child default/a', {
    fields: { object: object('Child', { metadata }) },
  });
  builder.at(3);
  builder.return();
  const ended = builder.call(done, [key], queue);
  builder.return();
  return {
    builder,
    queue,
    write,
    delivery,
    add: added,
    get: got,
    child,
    done: ended,
  };
}
