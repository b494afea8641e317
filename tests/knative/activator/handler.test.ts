/**
 * What a request meets on its way through the activator.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ActivationResult } from '../../../runnable/knative/activator/activator.ts';
import {
  enforceMaxContentLengthHandler,
  filteringHandler,
  probeHandler,
  requestEventHandler,
} from '../../../runnable/knative/activator/handler/chain.ts';
import { ConcurrencyReporter } from '../../../runnable/knative/activator/handler/concurrency-reporter.ts';
import type { ReqEvent } from '../../../runnable/knative/activator/handler/concurrency-reporter.ts';
import { ActivationHandler } from '../../../runnable/knative/activator/handler/handler.ts';
import {
  RetryRoundTripper,
  retryStatus,
} from '../../../runnable/knative/activator/util/transports.ts';
import type { StatMessage } from '../../../runnable/knative/autoscaler/aggregation.ts';
import type {
  Headers,
  HttpRequest,
  HttpResponse,
  Transport,
} from '../../../runnable/knative/http/http.ts';
import { SugaredLogger } from '../../../runnable/knative/logging/logger.ts';
import { Channel } from '../../../runnable/sim/channel.ts';
import { Sim } from '../../../runnable/sim/sim.ts';

const logger = new SugaredLogger('test');
const forRev: Headers = [
  ['knative-serving-namespace', 'default'],
  ['knative-serving-revision', 'old'],
  ['knative-serving-revision', 'rev'],
];

const get = (headers: Headers = forRev, body = ''): HttpRequest => ({
  method: 'GET',
  path: '/',
  host: 'example.com',
  headers,
  body,
});

const ok: HttpResponse = { status: 200, headers: [], body: 'hello' };
const next = (): Promise<HttpResponse> => Promise.resolve(ok);
const unavailable: HttpResponse = { ...ok, status: 503 };

describe('the chain of handlers', () => {
  it('answers a probe itself', async () => {
    const answer = await probeHandler(next)(get([['K-Network-Probe', 'x']]));
    assert.deepEqual(answer, { status: 200, headers: [], body: 'activator' });
    assert.equal(await probeHandler(next)(get()), ok);
  });

  it('refuses what another activator sent', async () => {
    const sent: Headers = [...forRev, ['knative-activator-num-retries', '1']];
    assert.equal((await filteringHandler(next)(get(sent))).status, 503);
    assert.equal(await filteringHandler(next)(get()), ok);
  });

  it('refuses a body that is too long', async () => {
    const handler = enforceMaxContentLengthHandler(4, next);
    assert.equal((await handler(get(forRev, 'hello'))).status, 413);
    assert.equal(await handler(get(forRev, 'hell')), ok);
    const said: Headers = [['content-length', '5']];
    assert.equal((await handler(get(said))).status, 413);
  });

  it('counts a request in and out by the last value of each header', async () => {
    const sim = new Sim({ seed: 1 });
    const events = new Channel<ReqEvent>(sim, 'events', 10);
    await requestEventHandler(events, next)(get());
    assert.deepEqual(events.contents, [
      { key: 'default/rev', eventType: 'ReqIn' },
      { key: 'default/rev', eventType: 'ReqOut' },
    ]);
  });
});

describe('ConcurrencyReporter', () => {
  it('reports the first request at once, the others at the tick', async () => {
    const sim = new Sim({ seed: 1 });
    const reqChan = new Channel<ReqEvent>(sim, 'requests');
    const reportChan = new Channel<number>(sim, 'ticks');
    const statChan = new Channel<StatMessage>(sim, 'stats', 10);
    const channels = { reqChan, reportChan, statChan };
    const reporter = new ConcurrencyReporter(sim, 'activator-1', channels);
    const request = { key: 'default/rev', eventType: 'ReqIn' } as const;
    const answer = { key: 'default/rev', eventType: 'ReqOut' } as const;
    await sim.run(async () => {
      sim.go('reporter', () => reporter.run());
      await reqChan.send(request);
      await reqChan.send(request);
      await reportChan.send(sim.now());
      await reqChan.send(answer);
      await reqChan.send(answer);
      await reportChan.send(sim.now());
      // Forgotten at the tick, so the next one is a first one again.
      await reqChan.send(request);
      await sim.sleep(1);
    });
    assert.deepEqual(
      statChan.contents.map(({ stat }) => stat.averageConcurrentRequests),
      [1, 2, 1],
    );
  });
});

describe('ActivationHandler', () => {
  const endpoint = { fqdn: 'rev-service.default.svc.cluster.local', port: 80 };
  const handler = (
    result: ActivationResult,
    transport: Transport,
    refusal?: Error,
  ): ActivationHandler =>
    new ActivationHandler({
      activator: {
        activeEndpoint: () => Promise.resolve(result),
        shutdown: () => undefined,
      },
      throttler: {
        try: async (_rev: unknown, thunk: () => Promise<void>) => {
          if (refusal !== undefined) throw refusal;
          await thunk();
        },
      } as never,
      transport,
      logger,
    });

  it('sends the request on without the headers that were for it', async () => {
    const seen: unknown[] = [];
    const answer = await handler(
      { status: 200, endpoint },
      (target, request) => {
        seen.push(target, request.headers);
        const headers = [['knative-activator-num-retries', '3']] as const;
        return Promise.resolve({ ...ok, headers });
      },
    ).serveHTTP(get([...forRev, ['accept', '*/*']]));
    assert.deepEqual(seen, [
      'rev-service.default.svc.cluster.local:80',
      [['accept', '*/*']],
    ]);
    assert.deepEqual(answer, ok);
  });

  it('says which error ended the wait', async () => {
    const error = new Error('timeout');
    const answer = await handler({ status: 500, error }, next).serveHTTP(get());
    assert.equal(answer.status, 500);
    assert.equal(answer.body, 'Error getting active endpoint: timeout\n');
  });

  it('tells an overload from other refusals, and from a dead pod', async () => {
    const good = { status: 200, endpoint } as const;
    const overload = new Error('activator overload');
    const full = await handler(good, next, overload).serveHTTP(get());
    assert.deepEqual([full.status, full.body], [503, 'activator overload\n']);
    const other = await handler(good, next, new Error('x')).serveHTTP(get());
    assert.deepEqual([other.status, other.body], [500, '']);
    const dead = await handler(good, () =>
      Promise.reject(new Error('refused')),
    ).serveHTTP(get());
    assert.equal(dead.status, 502);
  });
});

describe('RetryRoundTripper', () => {
  const backoff = { duration: 100, factor: 1.3, steps: 18 };

  it('tries eighteen times within 28.5 s, and gives the last answer', async () => {
    const sim = new Sim({ seed: 1 });
    const counts: string[] = [];
    const retries = new RetryRoundTripper(
      {
        sim,
        logger,
        transport: (_target, { headers }) => {
          counts.push(headers.map(([, value]) => value).join());
          return Promise.resolve(unavailable);
        },
      },
      backoff,
      retryStatus(503),
    );
    const start = sim.now();
    const answer = await sim.run(() => retries.roundTrip('a:80', get([])));
    assert.equal(answer.status, 503);
    assert.deepEqual(answer.headers, [['knative-activator-num-retries', '18']]);
    assert.equal(counts.length, 18);
    assert.equal(counts[2], '1,2,3');
    const took = sim.now() - start;
    assert.ok(took > 28_000 && took < 29_000, String(took));
  });

  it('tries again after an error, and throws the last one', async () => {
    const sim = new Sim({ seed: 1 });
    let attempts = 0;
    const parts = {
      sim,
      logger,
      transport: (): Promise<HttpResponse> => {
        attempts += 1;
        return attempts < 3
          ? Promise.reject(new Error('refused'))
          : Promise.resolve(ok);
      },
    };
    const some = new RetryRoundTripper(parts, backoff);
    const answer = await sim.run(() => some.roundTrip('a:80', get([])));
    assert.equal(answer.status, 200);
    assert.equal(attempts, 3);
    attempts = 0;
    const few = new RetryRoundTripper(parts, { ...backoff, steps: 2 });
    await assert.rejects(
      sim.run(() => few.roundTrip('a:80', get([]))),
      /refused/,
    );
  });
});
