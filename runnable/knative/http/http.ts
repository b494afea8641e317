/**
 * HTTP as handlers see it: what Go's `net/http` gives the originals.
 *
 * @differs requests and answers are whole values; Go's are streams, which a
 *   handler may answer before it has read all
 */

/** Names in lower case; a name may appear several times. */
export type Headers = readonly (readonly [name: string, value: string])[];

export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  /** The `Host` header: which of many names the client asks for. */
  readonly host: string;
  /** All others. */
  readonly headers: Headers;
  readonly body: string;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** A program that answers requests. */
export type Handler = (request: HttpRequest) => Promise<HttpResponse>;

/**
 * Sends a request to a name and a port, such as
 * `a-service.default.svc.cluster.local:80`, and waits for the answer.
 *
 * It throws when there is none: nobody listens there, or the other side goes.
 */
export type Transport = (
  target: string,
  request: HttpRequest,
) => Promise<HttpResponse>;

/** Every value of a header, in order. */
function headerValues(headers: Headers, name: string): string[] {
  const wanted = name.toLowerCase();
  return headers.flatMap(([one, value]) =>
    one.toLowerCase() === wanted ? [value] : [],
  );
}

/** The first value of a header; empty when there is none. */
export function headerValue(headers: Headers, name: string): string {
  return headerValues(headers, name)[0] ?? '';
}

/**
 * The last value of a header; empty when there is none. Whoever is nearest to
 * the program has added it.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/http/header.go LastHeaderValue
 */
export function lastHeaderValue(headers: Headers, name: string): string {
  return headerValues(headers, name).at(-1) ?? '';
}

/** The headers without those of some names. */
export function withoutHeaders(
  headers: Headers,
  ...names: readonly string[]
): Headers {
  return headers.filter(([one]) => !names.includes(one.toLowerCase()));
}

/** An answer of one line of text, as Go's `http.Error` gives it. */
export function errorResponse(text: string, status: number): HttpResponse {
  return {
    status,
    headers: [
      ['content-type', 'text/plain; charset=utf-8'],
      ['x-content-type-options', 'nosniff'],
    ],
    body: `${text}\n`,
  };
}

/** An answer of a status and a body, and nothing else. */
export function response(status: number, body = ''): HttpResponse {
  return { status, headers: [], body };
}
