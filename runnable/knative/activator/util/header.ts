/**
 * Headers that are between the network and the activator.
 */
import { withoutHeaders } from '../../http/http.ts';
import type { Headers } from '../../http/http.ts';
import {
  requestCountHTTPHeader,
  revisionHeaderName,
  revisionHeaderNamespace,
} from '../activator.ts';

/**
 * Takes off what the program behind has no business with.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/activator/util/header.go SetupHeaderPruning
 */
export function pruneHeaders(headers: Headers): Headers {
  return withoutHeaders(
    headers,
    requestCountHTTPHeader,
    revisionHeaderName,
    revisionHeaderNamespace,
  );
}
