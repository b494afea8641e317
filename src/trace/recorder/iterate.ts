/**
 * `for await` over an asynchronous iterator, seen by the recorder.
 *
 * The iterator's own promises are handed on: a promise around them would
 * settle later, and recording would change the run.
 */

/**
 * An iterator that tells `waits` of every promise the loop is about to wait
 * for. What is not asynchronous is returned as it is.
 */
export function iterateWith<T>(
  source: T,
  waits: (promise: Promise<unknown>) => Promise<unknown>,
): T {
  if (!isAsyncIterable(source)) return source;
  const inner = source[Symbol.asyncIterator]();
  const end = inner.return?.bind(inner);
  const iterator = {
    [Symbol.asyncIterator]: () => iterator,
    next: (value?: unknown) => waits(inner.next(value)),
    ...(end === undefined ? {} : { return: () => waits(end()) }),
  };
  return iterator as T;
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return (
    typeof value === 'object' && value !== null && Symbol.asyncIterator in value
  );
}
