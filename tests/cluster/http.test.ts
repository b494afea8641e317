/**
 * HTTP on byte streams.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answer, exchange, serve } from '../../runnable/cluster/http.ts';
import type { HttpRequest } from '../../runnable/cluster/http.ts';
import { pipe } from '../../runnable/sim/pipe.ts';
import { Sim } from '../../runnable/sim/sim.ts';

const request: HttpRequest = {
  method: 'POST',
  path: '/a?b=c',
  host: 'a.example.com',
  headers: [
    ['x', '1'],
    ['x', '2'],
  ],
  body: 'Grüße, 你好\n',
};

test('exchange() and serve() carry a request and its answer whole', async () => {
  const sim = new Sim({ seed: 1 });
  await sim.run(async () => {
    const [client, server] = pipe(sim, ['client', 'server'], { latency: 1 });
    const heard: HttpRequest[] = [];
    sim.go('server', () =>
      serve(server, (one) => {
        heard.push(one);
        return Promise.resolve(answer(200, one.body.repeat(2)));
      }),
    );
    const response = await exchange(client, request);
    assert.deepEqual(
      [response.status, response.body],
      [200, request.body.repeat(2)],
    );
    const length = ['content-length', '16'] as const;
    assert.deepEqual(heard, [
      { ...request, headers: [...request.headers, length] },
    ]);
  });
});

test('exchange() fails when the stream ends in the middle of an answer', async () => {
  const sim = new Sim({ seed: 1 });
  await sim.run(async () => {
    const [client, server] = pipe(sim, ['client', 'server']);
    server.writeNow(new TextEncoder().encode('HTTP/1.1 200 OK\r\n'));
    server.close();
    await assert.rejects(exchange(client, request));
  });
});
