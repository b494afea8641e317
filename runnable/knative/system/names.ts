/**
 * Where Knative itself lives in a cluster.
 */

/**
 * The namespace of Knative's own processes, ConfigMaps and Services.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/system/names.go Namespace
 * @differs upstream reads it from the environment of its pod, where every
 *   release has set it to this name
 */
export function namespace(): string {
  return 'knative-serving';
}
