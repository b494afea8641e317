/**
 * Configuration out of ConfigMaps, as values that a reconciler can trust.
 *
 * A store knows how each ConfigMap becomes a value and keeps the latest good
 * one. A reconcile takes a snapshot when it begins, so that nothing changes
 * under it; a bad edit leaves the value before in force.
 */
import { sprintf } from '../../apiserver/sprintf.ts';
import type { Sim } from '../../sim/sim.ts';
import type { SugaredLogger } from '../logging/logger.ts';
import type { ConfigMap, Watcher } from './watcher.ts';

/**
 * How each ConfigMap, by name, becomes a value; it throws on a bad one.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/configmap/store.go Constructors
 */
export type Constructors = Readonly<
  Record<string, (configMap: ConfigMap) => unknown>
>;

/** A ConfigMap that nothing can work without cannot be read. */
export class FatalConfigError extends Error {
  /** Which ConfigMap it is. */
  readonly configMap: string;

  constructor(store: string, configMap: string, cause: unknown) {
    const format = 'Error initializing %s config %q: %v';
    super(sprintf(format, store, configMap, cause), { cause });
    this.configMap = configMap;
  }
}

/** Told after a new value is in force. */
export type AfterStore = (name: string, value: unknown) => void;

/**
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/configmap/store.go UntypedStore
 */
export class UntypedStore {
  readonly #sim: Sim;
  readonly #name: string;
  readonly #logger: SugaredLogger;
  readonly #constructors: Constructors;
  readonly #onAfterStore: readonly AfterStore[];
  readonly #values = new Map<string, unknown>();

  constructor(
    sim: Sim,
    name: string,
    logger: SugaredLogger,
    constructors: Constructors,
    ...onAfterStore: readonly AfterStore[]
  ) {
    this.#sim = sim;
    this.#name = name;
    this.#logger = logger;
    this.#constructors = constructors;
    this.#onAfterStore = onAfterStore;
  }

  /**
   * @upstream knative/serving v0.4.1
   *   vendor/github.com/knative/pkg/configmap/store.go UntypedStore.WatchConfigs
   */
  watchConfigs(watcher: Watcher): void {
    for (const name of Object.keys(this.#constructors)) {
      watcher.watch(name, (configMap) => {
        this.onConfigChanged(configMap);
      });
    }
  }

  /**
   * The value in force; undefined before the first one.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/github.com/knative/pkg/configmap/store.go UntypedStore.UntypedLoad
   */
  untypedLoad(name: string): unknown {
    return this.#values.get(name);
  }

  /**
   * Takes a new version. A version that cannot be read is logged and ignored
   * if there is a value already; without one nothing can work.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/github.com/knative/pkg/configmap/store.go UntypedStore.OnConfigChanged
   * @differs upstream ends the process by `Fatalf` where this throws
   * @throws {FatalConfigError} when the very first version is bad
   */
  onConfigChanged(configMap: ConfigMap): void {
    const { name } = configMap.metadata;
    const construct = this.#constructors[name];
    if (construct === undefined) return;
    let value: unknown;
    try {
      value = construct(configMap);
    } catch (error) {
      const format = 'Error updating %s config %q: %q';
      this.#logger.errorf(format, this.#name, name, error);
      if (this.#values.has(name)) return;
      throw new FatalConfigError(this.#name, name, error);
    }
    this.#logger.infof(
      '%s config %q config was added or updated',
      this.#name,
      name,
    );
    this.#values.set(name, value);
    if (this.#onAfterStore.length === 0) return;
    this.#sim.go(`${this.#name} config ${name} stored`, async () => {
      for (const callback of this.#onAfterStore) callback(name, value);
    });
  }
}
