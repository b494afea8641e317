/**
 * The activator's transport by itself: five requests, one after the other, and
 * a network on which each of them fares differently.
 */
import {
  RetryRoundTripper,
  retryStatus,
} from '../../../../../runnable/knative/activator/util/transports.ts';
import { response } from '../../../../../runnable/knative/http/http.ts';
import type {
  HttpRequest,
  HttpResponse,
} from '../../../../../runnable/knative/http/http.ts';
import { SugaredLogger } from '../../../../../runnable/knative/logging/logger.ts';
import type {
  Run,
  Scenario,
} from '../../../../../runnable/scenarios/scenario.ts';
import type { Sim } from '../../../../../runnable/sim/sim.ts';

/** What the attempts of each request meet; the last one for ever. */
const fates: Readonly<Record<string, readonly (number | 'refused')[]>> = {
  a: ['refused', 'refused', 200],
  b: [503, 200],
  c: [404],
  d: ['refused'],
  e: [503],
};

const refused = 'connect: connection refused';
const backoff = { duration: 200, factor: 1.5, steps: 5 };

/** What became of a request. */
interface Told {
  readonly target: string;
  /** The status, or the text of the error. */
  readonly outcome: number | string;
}

export const scenario: Scenario = {
  title: 'Five requests',
  summary:
    'Five requests leave the activator, one after the other; watch which of them are tried again, when, and how often.',
  seed: 1,
  notes: [
    'cast: activator = sends the requests; network = played, and answers at once',
    'at most five attempts; the first wait is 200 ms, and each is 1.5 times the last; an answer of 503 counts as a failure',
    'a is refused twice, b gets 503 once, c gets 404, d is always refused, e always gets 503',
  ],
  cast: [
    {
      id: 'activator',
      noun: 'the activator',
      role: 'sends requests',
      tasks: ['activator'],
    },
    {
      id: 'network',
      noun: 'the network',
      played: true,
      symbols: ['arrive'],
    },
  ],
  folded: ['knative/http', 'knative/logging'],
  fold: ['task.', 'log ', 'clock.wake'],
  begin: (sim) => begin(sim),
};

function begin(sim: Sim): Run {
  const seen = new Map<string, number>();
  const transport = (
    target: string,
    request: HttpRequest,
  ): Promise<HttpResponse> => {
    const nth = (seen.get(target) ?? 0) + 1;
    seen.set(target, nth);
    return Promise.resolve(arrive(target, nth, request.headers));
  };
  const logger = new SugaredLogger('activator');
  const parts = { sim, transport, logger };
  const retries = new RetryRoundTripper(parts, backoff, retryStatus(503));
  const headers = [['x-request-id', '1']] as const;
  const request = { method: 'GET', path: '/', host: '', headers, body: '' };
  return {
    async main() {
      const told: Told[] = [];
      const activator = sim.go('activator', async () => {
        for (const target of Object.keys(fates)) {
          const outcome = await send(retries, target, request);
          told.push({ target, outcome });
        }
      });
      await activator.done;
      return told;
    },
  };
}

/**
 * One request, with all its attempts.
 *
 * @story The activator has a request for {target}.
 * @story returns: After {took}, the request for {target} ends with {result}.
 */
async function send(
  retries: RetryRoundTripper,
  target: string,
  request: HttpRequest,
): Promise<number | string> {
  try {
    const { status } = await retries.roundTrip(target, request);
    return status;
  } catch (error) {
    if (!(error instanceof Error) || error.message !== refused) throw error;
    return error.message;
  }
}

/**
 * Plays the network, and the pod behind it.
 *
 * @story Attempt {nth} of the request for {target} comes to the network.
 * @returns an answer whose body says how many headers came
 * @throws {Error} when it lets nobody through
 */
function arrive(
  target: string,
  nth: number,
  headers: HttpRequest['headers'],
): HttpResponse {
  const fate = fates[target] ?? [];
  const met = fate[nth - 1] ?? fate.at(-1) ?? 'refused';
  if (met === 'refused') throw new Error(refused);
  return response(met, `${headers.length} headers`);
}
