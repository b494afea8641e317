/**
 * What the parts of the activator say to each other.
 */
import { sprintf } from '../../apiserver/sprintf.ts';
import type { RevisionProtocolType } from '../apis/serving/v1alpha1/revision-types.ts';

/** The k8s Service in front of it, in Knative's own namespace. */
export const k8sServiceName = 'activator-service';

/** Says on a request which Revision it is for. */
export const revisionHeaderName = 'knative-serving-revision';
export const revisionHeaderNamespace = 'knative-serving-namespace';

/** Counts the attempts to have a request answered. */
export const requestCountHTTPHeader = 'knative-activator-num-retries';

/**
 * @upstream knative/serving v0.4.1
 *   pkg/activator/activator.go RevisionID
 */
export interface RevisionID {
  readonly namespace: string;
  readonly name: string;
}

/** The key of a Revision: `namespace/name`. */
export function revisionKey({ namespace, name }: RevisionID): string {
  return `${namespace}/${name}`;
}

/**
 * Where requests for a Revision go.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/activator/activator.go Endpoint
 */
export interface Endpoint {
  readonly fqdn: string;
  readonly port: number;
}

/**
 * What came of waiting for a Revision: an endpoint, or an error and the status
 * that tells the client of it.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/activator/activator.go ActivationResult
 */
export type ActivationResult =
  | { readonly status: 200; readonly endpoint: Endpoint }
  | { readonly status: number; readonly error: Error };

/**
 * @upstream knative/serving v0.4.1
 *   pkg/activator/activator.go Activator
 */
export interface Activator {
  /** Waits until requests for the Revision can be answered. */
  activeEndpoint(namespace: string, name: string): Promise<ActivationResult>;
  shutdown(): void;
}

/**
 * The port for a protocol: HTTP/1 and HTTP/2 do not share one.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/activator/activator.go ServicePort
 */
export function servicePort(protocol: RevisionProtocolType): number {
  return protocol === 'h2c' ? 81 : 80;
}

/** An error that says what was being done, and what went wrong with it. */
export function wrap(error: unknown, doing: string): Error {
  return new Error(sprintf('%s: %v', doing, error), { cause: error });
}
