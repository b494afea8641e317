/**
 * What a request passes before it reaches the handler that activates: each
 * either answers it or hands it on.
 */
import type { Channel } from '../../../sim/channel.ts';
import { headerValue, lastHeaderValue, response } from '../../http/http.ts';
import type { Handler } from '../../http/http.ts';
import { isKnativeProbe } from '../../network/probe.ts';
import {
  requestCountHTTPHeader,
  revisionHeaderName,
  revisionHeaderNamespace,
  revisionKey,
} from '../activator.ts';
import type { ReqEvent } from './concurrency-reporter.ts';

/** What answers a probe says who it is. */
const name = 'activator';

/**
 * Answers whoever only wants to know whether requests come here.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/activator/handler/probe_handler.go ProbeHandler.ServeHTTP
 */
export function probeHandler(next: Handler): Handler {
  return async (request) =>
    isKnativeProbe(request) ? response(200, name) : next(request);
}

/**
 * Refuses what an activator has sent: two of them would hand a request to each
 * other for ever.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/activator/handler/filtering_handler.go FilteringHandler.ServeHTTP
 */
export function filteringHandler(next: Handler): Handler {
  return async (request) => {
    const count = headerValue(request.headers, requestCountHTTPHeader);
    return count === '' ? next(request) : response(503);
  };
}

/**
 * Counts requests in and out, by Revision.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/activator/handler/requestevent_handler.go RequestEventHandler.ServeHTTP
 */
export function requestEventHandler(
  reqChan: Channel<ReqEvent>,
  next: Handler,
): Handler {
  return async (request) => {
    const { headers } = request;
    const key = revisionKey({
      namespace: lastHeaderValue(headers, revisionHeaderNamespace),
      name: lastHeaderValue(headers, revisionHeaderName),
    });
    await reqChan.send({ key, eventType: 'ReqIn' });
    try {
      return await next(request);
    } finally {
      await reqChan.send({ key, eventType: 'ReqOut' });
    }
  };
}

/**
 * Refuses bodies that are too long to be kept for another attempt.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/activator/handler/enforce_length_handler.go EnforceMaxContentLengthHandler.ServeHTTP
 * @differs a body that is longer than it says cannot come; upstream stops
 *   reading it at the limit
 */
export function enforceMaxContentLengthHandler(
  maxContentLengthBytes: number,
  next: Handler,
): Handler {
  return async (request) => {
    const said = headerValue(request.headers, 'content-length');
    const length = said === '' ? request.body.length : Number(said);
    return length > maxContentLengthBytes ? response(413) : next(request);
  };
}
