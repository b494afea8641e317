/**
 * Who tells whom that a ConfigMap changed.
 */
import type { KObject } from '../../apiserver/store.ts';

export interface ConfigMap extends KObject {
  readonly data?: Readonly<Record<string, string>>;
}

/**
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/configmap/watcher.go Observer
 */
export type Observer = (configMap: ConfigMap) => void;

/**
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/configmap/watcher.go Watcher
 */
export interface Watcher {
  /** Calls `observer` with every version of the ConfigMap `name`. */
  watch(name: string, observer: Observer): void;
}

/**
 * A watcher that is told by hand what changed.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/configmap/manual_watcher.go ManualWatcher
 */
export class ManualWatcher implements Watcher {
  readonly #observers = new Map<string, Observer[]>();

  /** The ConfigMaps that somebody watches. */
  get names(): readonly string[] {
    return [...this.#observers.keys()];
  }

  /**
   * @upstream knative/serving v0.4.1
   *   vendor/github.com/knative/pkg/configmap/manual_watcher.go ManualWatcher.Watch
   */
  watch(name: string, observer: Observer): void {
    const observers = this.#observers.get(name) ?? [];
    this.#observers.set(name, [...observers, observer]);
  }

  /**
   * @upstream knative/serving v0.4.1
   *   vendor/github.com/knative/pkg/configmap/manual_watcher.go ManualWatcher.OnChange
   */
  onChange(configMap: ConfigMap): void {
    for (const observer of this.#observers.get(configMap.metadata.name) ?? []) {
      observer(configMap);
    }
  }
}
