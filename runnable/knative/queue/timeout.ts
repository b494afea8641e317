/**
 * Gives a handler so long to begin its answer.
 */
import { Channel } from '../../sim/channel.ts';
import type { Milliseconds } from '../../sim/clock.ts';
import { after, receive, select } from '../../sim/select.ts';
import type { Sim } from '../../sim/sim.ts';
import { response } from '../http/http.ts';
import type { Handler, HttpResponse } from '../http/http.ts';

/** What came of a handler. */
type Outcome = { readonly answer: HttpResponse } | { readonly error: unknown };

/**
 * A handler that answers 503 when nothing was written in time. What the slow
 * one writes later is thrown away; it is not stopped.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/queue/timeout.go timeoutHandler.ServeHTTP
 * @differs an answer is written as a whole, so its first byte is its last
 */
export function timeToFirstByteTimeoutHandler(
  sim: Sim,
  next: Handler,
  timeout: Milliseconds,
  body: string,
): Handler {
  return async (request) => {
    const count = String(sim.count('request with a timeout'));
    const done = new Channel<Outcome>(sim, `answer ${count}`, 1);
    sim.go(`request ${count} in time`, async () => {
      done.trySend(await outcomeOf(next, request));
    });
    const chosen = await select(sim, 'timeoutHandler.ServeHTTP', {
      done: receive(sim, done),
      timeout: after(sim, timeout),
    });
    if (chosen.which === 'timeout') return response(503, body);
    if (chosen.value === undefined) return response(503, body);
    if ('error' in chosen.value) throw chosen.value.error;
    return chosen.value.answer;
  };
}

async function outcomeOf(
  handler: Handler,
  request: Parameters<Handler>[0],
): Promise<Outcome> {
  try {
    return { answer: await handler(request) };
  } catch (error) {
    return { error };
  }
}
