/**
 * The queue-proxy: what it counts, lets in and says of its pod.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { QueueProxy } from '../../../runnable/knative/cmd/queue/main.ts';
import type { QueueOptions } from '../../../runnable/knative/cmd/queue/main.ts';
import type { Message } from '../../../runnable/knative/autoscaler/statserver/server.ts';
import type {
  Headers,
  HttpRequest,
  HttpResponse,
} from '../../../runnable/knative/http/http.ts';
import { Stats } from '../../../runnable/knative/queue/stats.ts';
import { Pair } from '../../../runnable/knative/websocket/connection.ts';
import { Sim } from '../../../runnable/sim/sim.ts';

const request = (path = '/', headers: Headers = []): HttpRequest => ({
  method: 'GET',
  path,
  host: 'example.com',
  headers,
  body: '',
});

interface World {
  readonly sim: Sim;
  readonly proxy: QueueProxy;
  readonly sent: Message[];
}

function world(options: Partial<QueueOptions> = {}): World {
  const sim = new Sim({ seed: 1 });
  const sent: Message[] = [];
  const proxy = new QueueProxy({
    sim,
    podName: 'pod-1',
    servingRevisionKey: 'default/rev',
    containerConcurrency: 1,
    revisionTimeoutSeconds: 300,
    proxy: async () => {
      await sim.sleep(500);
      return { status: 200, headers: [], body: 'hello' };
    },
    tcpProbe: () => Promise.resolve(true),
    dial: () =>
      Promise.resolve(
        new Pair<Message>(sim, 'stats', (message) => {
          sent.push(message);
        }),
      ),
    ...options,
  });
  return { sim, proxy, sent };
}

const concurrencies = (sent: readonly Message[]): number[] =>
  sent.map((message) =>
    message.type === 'binary'
      ? message.content.stat.averageConcurrentRequests
      : -1,
  );

describe('QueueProxy', () => {
  it('lets one in, has ten wait, and refuses the twelfth', async () => {
    const { sim, proxy, sent } = world();
    const statuses = await sim.run(async () => {
      const answers = await Promise.all(
        Array.from({ length: 12 }, () => proxy.serveHTTP(request())),
      );
      await sim.sleep(1);
      return answers.map(({ status }) => status);
    });
    assert.equal(statuses.filter((status) => status === 200).length, 11);
    const [refused] = statuses.filter((status) => status !== 200);
    assert.equal(refused, 503);
    const [first] = sent;
    assert.ok(first?.type === 'binary');
    // The one that was refused has been counted too.
    assert.equal(first.content.stat.requestCount, 12);
    assert.equal(first.content.key, 'default/rev');
  });

  it('does not count probes', async () => {
    const { sim, proxy, sent } = world();
    await sim.run(async () => {
      const kubelet: Headers = [['user-agent', 'kube-probe/1.13']];
      assert.equal((await proxy.serveHTTP(request('/', kubelet))).status, 200);
      const network: Headers = [['k-network-probe', 'queue']];
      const answer = await proxy.serveHTTP(request('/', network));
      assert.equal(answer.body, 'queue');
      await sim.sleep(1000);
    });
    assert.deepEqual(concurrencies(sent), [0]);
    assert.equal(proxy.lastStat?.requestCount, 0);
  });

  it('looks for the program for ten seconds', async () => {
    const { sim, proxy } = world({ tcpProbe: () => Promise.resolve(false) });
    const start = sim.now();
    const answer = await sim.run(() =>
      proxy.serveHTTP(request('/', [['k-network-probe', 'queue']])),
    );
    assert.equal(answer.status, 503);
    assert.equal(answer.body, 'container not ready\n');
    assert.equal(sim.now() - start, 10_000);
  });

  it('answers 503 when the program does not begin in time', async () => {
    const { sim, proxy } = world({
      revisionTimeoutSeconds: 1,
      proxy: async () => {
        await sim.sleep(2000);
        return { status: 200, headers: [], body: 'late' };
      },
    });
    const answer = await sim.run(() => proxy.serveHTTP(request()));
    assert.deepEqual([answer.status, answer.body], [503, 'request timeout']);
  });

  it('is silent to the autoscaler while it shuts down', async () => {
    const { sim, proxy, sent } = world();
    const stop = (): Promise<void> => Promise.resolve();
    const admin = (path: string): Promise<HttpResponse> =>
      proxy.serveAdmin(request(path), stop);
    await sim.run(async () => {
      assert.equal((await admin('/health')).body, 'alive: true');
      await sim.sleep(1500);
      const quit = sim.go('quit', async () => {
        assert.equal((await admin('/quitquitquit')).body, 'alive: false');
      });
      assert.equal((await admin('/health')).status, 400);
      await quit.done;
    });
    assert.equal(sent.length, 1);
    assert.equal((await admin('/other')).status, 404);
  });

  it('loses what it measures while nobody listens, and connects again', async () => {
    let isUp = true;
    const open: Pair<Message>[] = [];
    const made = world({
      dial: async () => {
        if (!isUp) throw new Error('connect: connection refused');
        const pair = new Pair<Message>(made.sim, 'stats', (message) => {
          made.sent.push(message);
        });
        open.push(pair);
        return Promise.resolve(pair);
      },
    });
    const { sim, sent } = made;
    await sim.run(async () => {
      await sim.sleep(1500);
      isUp = false;
      open[0]?.close(1012);
      await sim.sleep(2000);
      isUp = true;
      await sim.sleep(3000);
    });
    assert.equal(open.length, 2);
    assert.ok(sent.length >= 3 && sent.length <= 5, String(sent.length));
  });
});

describe('Stats', () => {
  it('takes no time for what comes late', () => {
    const stats = new Stats(0);
    stats.handle({ time: 500, eventType: 'ReqIn' });
    stats.handle({ time: 400, eventType: 'ReqOut' });
    const { averageConcurrentRequests } = stats.report(1000);
    assert.equal(averageConcurrentRequests, 0);
  });
});
