/**
 * Where an object can be reached from inside the cluster.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/apis/duck/v1alpha1/addressable_types.go Addressable
 */
export interface Addressable {
  readonly hostname?: string;
}
