/**
 * Probes of the network: a request with this header asks who would answer.
 */
import { headerValue } from '../http/http.ts';
import type { HttpRequest } from '../http/http.ts';

/** `pkg/network/network.go` of v0.4.1 defines it. */
const probeHeaderName = 'k-network-probe';

/**
 * Whether a request wants to know whom it reached, and no more.
 *
 * @upstream knative/serving v0.4.1
 *   cmd/queue/main.go isKnativeProbe
 */
export function isKnativeProbe({ headers }: HttpRequest): boolean {
  return headerValue(headers, probeHeaderName) !== '';
}
