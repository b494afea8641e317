/**
 * Objects of a cache by something they have, so that nobody has to look at all
 * of them to find a few.
 *
 * Scaffolding for the indices that Kubernetes' informers have.
 */
import { keyOf } from '../apiserver/objects.ts';
import type { KObject } from '../apiserver/store.ts';
import { ResourceEventHandlerFuncs } from '../client-go/tools/cache/controller.ts';
import { DeletedFinalStateUnknown } from '../client-go/tools/cache/delta-fifo.ts';

export class IndexBy<O extends KObject> {
  readonly #wordsOf: (object: O) => readonly string[];
  readonly #found = new Map<string, Map<string, O>>();
  readonly #words = new Map<string, readonly string[]>();

  /** @param wordsOf under which words an object is found */
  constructor(wordsOf: (object: O) => readonly string[]) {
    this.#wordsOf = wordsOf;
  }

  /** The objects that have this word now. */
  get(word: string): readonly O[] {
    return [...(this.#found.get(word)?.values() ?? [])];
  }

  /** What an informer is to call; before the handlers that read the index. */
  handler(): ResourceEventHandlerFuncs<O> {
    return new ResourceEventHandlerFuncs<O>({
      addFunc: (object) => {
        this.#put(object);
      },
      updateFunc: (_old, object) => {
        this.#put(object);
      },
      deleteFunc: (object) => {
        this.#remove(
          keyOf(
            object instanceof DeletedFinalStateUnknown ? object.obj : object,
          ),
        );
      },
    });
  }

  #put(object: O): void {
    const key = keyOf(object);
    const words = this.#wordsOf(object);
    const before = this.#words.get(key) ?? [];
    if (before.join() !== words.join()) this.#remove(key);
    this.#words.set(key, words);
    for (const word of words) {
      const found = this.#found.get(word) ?? new Map<string, O>();
      this.#found.set(word, found.set(key, object));
    }
  }

  #remove(key: string): void {
    for (const word of this.#words.get(key) ?? []) {
      const found = this.#found.get(word);
      found?.delete(key);
      if (found?.size === 0) this.#found.delete(word);
    }
    this.#words.delete(key);
  }
}

/** Labels, or a selector, as words: `default a=b`. */
export function labelWords(
  namespace: string,
  labels: Readonly<Record<string, string>> = {},
): string[] {
  return Object.entries(labels).map(
    ([name, value]) => `${namespace} ${name}=${value}`,
  );
}
