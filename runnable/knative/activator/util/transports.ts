/**
 * Tries again, for a pod that counts as ready may not answer yet.
 */
import type { Milliseconds } from '../../../sim/clock.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { HttpRequest, HttpResponse, Transport } from '../../http/http.ts';
import type { SugaredLogger } from '../../logging/logger.ts';
import { requestCountHTTPHeader } from '../activator.ts';

/**
 * How often, and how long in between.
 *
 * Eighteen attempts and seventeen waits make half a minute; upstream's comment
 * says a whole one.
 */
export interface Backoff {
  readonly duration: Milliseconds;
  readonly factor: number;
  readonly steps: number;
}

/**
 * Whether an answer calls for another attempt.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/activator/util/transports.go RetryCond
 */
export type RetryCond = (answer: HttpResponse) => boolean;

/**
 * @upstream knative/serving v0.4.1
 *   pkg/activator/util/transports.go RetryStatus
 */
export function retryStatus(status: number): RetryCond {
  return (answer) => answer.status === status;
}

/**
 * A transport that tries again after an error, and after the answers that are
 * named. After the last attempt its error or answer counts.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/activator/util/transports.go NewRetryRoundTripper
 * @omits choosing between HTTP/1.1 and HTTP/2 without encryption
 */
export class RetryRoundTripper {
  readonly #sim: Sim;
  readonly #transport: Transport;
  readonly #logger: SugaredLogger;
  readonly #backoff: Backoff;
  readonly #conditions: readonly RetryCond[];

  constructor(
    parts: {
      readonly sim: Sim;
      readonly transport: Transport;
      readonly logger: SugaredLogger;
    },
    backoff: Backoff,
    ...conditions: readonly RetryCond[]
  ) {
    this.#sim = parts.sim;
    this.#transport = parts.transport;
    this.#logger = parts.logger;
    this.#backoff = backoff;
    this.#conditions = conditions;
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/activator/util/transports.go retryRoundTripper.RoundTrip
   */
  async roundTrip(target: string, request: HttpRequest): Promise<HttpResponse> {
    const { duration, factor, steps } = this.#backoff;
    let headers = request.headers;
    let wait = duration;
    for (let attempt = 1; ; attempt++) {
      headers = [...headers, [requestCountHTTPHeader, String(attempt)]];
      const outcome = await this.#attempt(target, { ...request, headers });
      if (isGood(outcome, this.#conditions) || attempt === steps) {
        return this.#settle(outcome, attempt);
      }
      await this.#pause(wait, attempt);
      wait = wholeMicroseconds(wait * factor);
    }
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/activator/util/transports.go retryRoundTripper.RoundTrip (part)
   */
  async #attempt(target: string, request: HttpRequest): Promise<Outcome> {
    try {
      return { answer: await this.#transport(target, request) };
    } catch (error) {
      if (!(error instanceof Error) || error instanceof TypeError) throw error;
      this.#logger.errorf('Error making a request: %s', error);
      return { error };
    }
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/activator/util/transports.go retryRoundTripper.RoundTrip (part)
   * @story on clock.sleep: Attempt {attempt} was in vain, so the activator waits
   *   {ms} before the next one.
   */
  async #pause(ms: Milliseconds, attempt: number): Promise<void> {
    await this.#sim.sleep(ms, `attempt ${attempt} was in vain`);
  }

  /** Notes on the last answer how many attempts it took. */
  #settle(outcome: Outcome, attempts: number): HttpResponse {
    if ('error' in outcome) throw outcome.error;
    const { answer } = outcome;
    this.#logger.infof(
      'Activation finished after %d attempt(s). Response code: %d',
      attempts,
      answer.status,
    );
    const count = [requestCountHTTPHeader, String(attempts)] as const;
    return { ...answer, headers: [...answer.headers, count] };
  }
}

/** What came of one attempt. */
type Outcome = { readonly answer: HttpResponse } | { readonly error: Error };

function isGood(outcome: Outcome, conditions: readonly RetryCond[]): boolean {
  if ('error' in outcome) return false;
  return !conditions.some((condition) => condition(outcome.answer));
}

/** Go counts time in whole numbers, and drops what is below. */
function wholeMicroseconds(ms: Milliseconds): Milliseconds {
  return Math.floor(ms * 1000) / 1000;
}
