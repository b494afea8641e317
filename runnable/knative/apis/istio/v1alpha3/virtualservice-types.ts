/**
 * VirtualService: what Istio's gateways and sidecars do with a request, by the
 * host it names.
 *
 * The fields that Knative 0.4 writes, as Istio 1.0 reads them.
 */
import type { KObject } from '../../../../apiserver/store.ts';

/**
 * A text that must match in one of three ways; Knative uses the last.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/apis/istio/common/v1alpha1/string.go StringMatch
 */
export interface StringMatch {
  readonly exact?: string;
  readonly prefix?: string;
  /** The whole text must match. */
  readonly regex?: string;
}

/**
 * All of its fields must match; `authority` is what HTTP calls `Host`.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/apis/istio/v1alpha3/virtualservice_types.go HTTPMatchRequest
 */
export interface HTTPMatchRequest {
  readonly uri?: StringMatch;
  readonly authority?: StringMatch;
}

/**
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/apis/istio/v1alpha3/virtualservice_types.go PortSelector
 */
export interface PortSelector {
  readonly number?: number;
  readonly name?: string;
}

/**
 * A Kubernetes Service, by its full name.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/apis/istio/v1alpha3/virtualservice_types.go Destination
 */
export interface Destination {
  readonly host: string;
  readonly port: PortSelector;
}

/**
 * A destination and its share of the requests, in percent.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/apis/istio/v1alpha3/virtualservice_types.go DestinationWeight
 */
export interface DestinationWeight {
  readonly destination: Destination;
  readonly weight: number;
}

/**
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/apis/istio/v1alpha3/virtualservice_types.go HTTPRetry
 */
export interface HTTPRetry {
  readonly attempts: number;
  readonly perTryTimeout: string;
}

/**
 * What happens to a request that one of the matches fits.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/apis/istio/v1alpha3/virtualservice_types.go HTTPRoute
 */
export interface HTTPRoute {
  readonly match: readonly HTTPMatchRequest[];
  readonly route: readonly DestinationWeight[];
  readonly websocketUpgrade?: boolean;
  readonly timeout?: string;
  readonly retries?: HTTPRetry;
  readonly appendHeaders?: Readonly<Record<string, string>>;
}

/**
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/apis/istio/v1alpha3/virtualservice_types.go VirtualServiceSpec
 */
export interface VirtualServiceSpec {
  readonly gateways?: readonly string[];
  readonly hosts?: readonly string[];
  /** The first that matches wins. */
  readonly http?: readonly HTTPRoute[];
}

/**
 * A VirtualService as it is stored and read.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/apis/istio/v1alpha3/virtualservice_types.go VirtualService
 */
export interface VirtualServiceObject extends KObject {
  readonly spec?: VirtualServiceSpec;
}
