/**
 * A filter for what follows a change of configuration.
 */
import type { AfterStore } from './store.ts';

/** The class of a value made from a ConfigMap. */
export type ConfigClass = abstract new (...args: never[]) => object;

/**
 * Lets `callback` hear of values of these classes alone.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/configmap/filter.go TypeFilter
 */
export function typeFilter(
  classes: readonly ConfigClass[],
  callback: AfterStore,
): AfterStore {
  return (name, value) => {
    if (classes.some((one) => value instanceof one)) callback(name, value);
  };
}
