/**
 * An API server as a process reaches it that dies right after one of its
 * writes, and is started again a little later.
 */
import { kindInTrace } from '../../runnable/apiserver/kinds.ts';
import type { Gvr, KObject, Store } from '../../runnable/apiserver/store.ts';
import type { Sim } from '../../runnable/sim/sim.ts';

/** How long it takes until the process is there again. */
const restartAfter = 50;
const writes = [
  ...(['create', 'update', 'updateStatus', 'patch'] as const),
  ...(['delete', 'deleteCollection'] as const),
];

export class CrashingStore {
  /** What the process wrote, in all its lives, in order. */
  readonly written: string[] = [];
  readonly #sim: Sim;
  readonly #crashAfter: number;
  readonly #restart: () => Promise<void>;

  /** @param crashAfter how many writes the process lives for at first */
  constructor(sim: Sim, crashAfter: number, restart: () => Promise<void>) {
    this.#sim = sim;
    this.#crashAfter = crashAfter;
    this.#restart = restart;
  }

  /** The store for `process`, until it has written once too often. */
  reachedBy(process: Sim, store: Store): Store {
    return {
      resource: <O extends KObject>(gvr: Gvr) => {
        const client = store.resource<O>(gvr);
        return new Proxy(client, {
          get: (target, name) => {
            const verb = writes.find((each) => each === name);
            const method: unknown = Reflect.get(target, name);
            if (typeof method !== 'function') return method;
            return (...args: unknown[]): unknown => {
              const answer: unknown = Reflect.apply(method, target, args);
              if (verb !== undefined) {
                this.#count(`${verb} ${kindInTrace(gvr)}`, process);
              }
              return answer;
            };
          },
        });
      },
    };
  }

  #count(write: string, process: Sim): void {
    this.written.push(write);
    if (this.written.length !== this.#crashAfter) return;
    process.kill();
    this.#sim.go('restart', async () => {
      await this.#sim.sleep(restartAfter);
      await this.#restart();
    });
  }
}

/** An object without versions and times. */
export function lasting(object: KObject): unknown {
  const passing = [
    ...['resourceVersion', 'creationTimestamp', 'lastTransitionTime'],
    ...['lastUpdateTime', 'serving.knative.dev/lastPinned'],
  ];
  const text = JSON.stringify(object, (key, value: unknown) =>
    passing.includes(key) ? undefined : value,
  );
  return JSON.parse(text);
}
