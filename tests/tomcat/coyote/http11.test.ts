/**
 * HTTP on both connectors, in a simulated world: bytes in, bytes out, and the
 * states that the loop passed through.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { connectors, talk } from '../talk.ts';
import type { Setting } from '../talk.ts';

const get = (path: string, ...headers: string[]): string =>
  [`GET ${path} HTTP/1.1`, 'Host: a', ...headers, '', ''].join('\r\n');

/** The bodies of answers with a length, and what came after the last one. */
function bodies(answer: string): string[] {
  const parts = answer.split('HTTP/1.1 200 OK');
  return parts.slice(1).map((part) => part.split('\r\n\r\n')[1] ?? '');
}

async function answerTo(
  name: 'bio' | 'nio',
  request: string,
  setting: Setting = {},
): Promise<string> {
  return talk(name, setting, async ({ connect }) => connect().ask(request));
}

for (const name of connectors) {
  test(`${name} answers a request and keeps the connection`, async () => {
    await talk(name, {}, async ({ connect, states }) => {
      const client = connect();
      const answer = await client.ask(get('/x'));
      assert.equal(
        answer.replace(/Date: .*\r\n/, ''),
        'HTTP/1.1 200 OK\r\nServer: Apache-Coyote/1.1\r\nContent-Type: text/plain;charset=ISO-8859-1\r\nContent-Length: 12\r\n\r\nplain GET /x',
      );
      assert.deepEqual(bodies(await client.ask(get('/y'))), ['plain GET /y']);
      assert.deepEqual(states(), ['OPEN_READ>OPEN', 'OPEN_READ>OPEN']);
    });
  });

  test(`${name} serves pipelined requests in one pass`, async () => {
    await talk(name, {}, async ({ connect, states }) => {
      const answer = await connect().ask(get('/1') + get('/2') + get('/3'));
      assert.deepEqual(
        bodies(answer),
        [1, 2, 3].map((n) => `plain GET /${n}`),
      );
      assert.deepEqual(states(), ['OPEN_READ>OPEN']);
    });
  });

  test(`${name} reads over bodies, of a length or in chunks`, async () => {
    const post = 'POST /p HTTP/1.1\r\nHost: a\r\n';
    const sent =
      `${post}Content-Length: 5\r\n\r\nGET /` +
      `${post}Transfer-Encoding: chunked\r\n\r\n3;x=y\r\nGET\r\n0\r\nT: 1\r\n\r\n` +
      get('/after');
    assert.deepEqual(bodies(await answerTo(name, sent)), [
      'plain POST /p',
      'plain POST /p',
      'plain GET /after',
    ]);
  });

  test(`${name} lets a client that expects 100 send its body`, async () => {
    await talk(name, {}, async ({ connect }) => {
      const client = connect();
      const head =
        'POST /p HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n';
      const first = await client.ask(head);
      assert.match(first, /^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200/);
      const second = await client.ask(`hi${get('/next')}`);
      assert.match(first + second, /plain POST \/p.*plain GET \/next$/s);
    });
  });

  test(`${name} answers HEAD with a head alone`, async () => {
    const answer = await answerTo(name, 'HEAD /x HTTP/1.1\r\nHost: a\r\n\r\n');
    assert.match(answer, /\r\nTransfer-Encoding: chunked\r\n.*\r\n\r\n$/s);
  });

  const refusals: readonly [string, string, number][] = [
    ['no Host', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['two Hosts', get('/', 'Host: b'), 400],
    ['a bad port', 'GET / HTTP/1.1\r\nHost: a:x\r\n\r\n', 400],
    ['a method that is no token', 'G@T / HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    ['a brace in the target', get('/{x}'), 400],
    ['a bad escape', get('/%zz'), 400],
    ['an encoded slash', get('/a%2fb'), 400],
    ['a way out of the root', get('/../x'), 400],
    ['a body without end', get('/', 'Content-Length: 1x'), 400],
    ['an unknown coding', get('/', 'Transfer-Encoding: gzip'), 501],
    ['an unknown expectation', get('/', 'Expect: miracles'), 417],
    ['a version of the future', 'GET / HTTP/2.0\r\nHost: a\r\n\r\n', 505],
    ['TRACE', 'TRACE / HTTP/1.1\r\nHost: a\r\n\r\n', 405],
    ['101 headers', get('/', ...Array<string>(100).fill('X: y')), 400],
    ['a head of 9,000 bytes', get('/', `X: ${'p'.repeat(9000)}`), 400],
  ];
  for (const [what, request, status] of refusals) {
    test(`${name} answers ${status} to ${what}`, async () => {
      const answer = await answerTo(name, request);
      assert.equal(answer.slice(0, 12), `HTTP/1.1 ${status}`);
      assert.equal(answer.endsWith(' EOF'), status !== 405);
    });
  }

  test(`${name} ends the connection when the client or the version asks`, async () => {
    for (const request of [
      get('/', 'Connection: close'),
      'GET / HTTP/1.0\r\n\r\n',
    ]) {
      assert.match(
        await answerTo(name, request),
        /Connection: close\r\n\r\nplain GET \/ EOF$/,
      );
    }
    const kept = 'GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n';
    assert.match(
      await answerTo(name, kept),
      /Connection: keep-alive\r\n\r\nplain GET \/$/,
    );
  });

  test(`${name} ends the connection after its last allowed request`, async () => {
    const options = { maxKeepAliveRequests: 2 };
    const sent = get('/1') + get('/2') + get('/3');
    const answer = await answerTo(name, sent, { options });
    assert.equal(bodies(answer).length, 2);
    assert.match(answer, / EOF$/);
  });

  test(`${name} tolerates blank lines, bare LF and folded headers`, async () => {
    const sent =
      '\r\n\r\nGET \t /x?q#  HTTP/1.1\nHost:a\nX: one\n  two\nbroken line\n\n';
    assert.match(await answerTo(name, sent.replace('#', '')), /plain GET \/x$/);
  });

  test(`${name} understands a head in any pieces`, async () => {
    const request = get('/pieces', 'X-Y: z', 'Connection: close');
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 1, max: request.length - 1 })),
        async (cuts) => {
          const places = [0, ...cuts.toSorted((a, b) => a - b), request.length];
          await talk(name, {}, async ({ connect }) => {
            const client = connect();
            let answer = '';
            for (const [index, from] of places.slice(0, -1).entries()) {
              await client.send(request.slice(from, places[index + 1]));
              answer += await client.take(1);
            }
            assert.match(answer, /plain GET \/pieces EOF$/);
          });
        },
      ),
      { numRuns: 30 },
    );
  });

  test(`${name} survives any bytes, and ends or answers`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', maxLength: 300 }),
        async (noise) => {
          await talk(name, {}, async ({ connect, connector }) => {
            const client = connect();
            await client.send(noise);
            client.stream.close();
            await client.take(30_000).catch(() => '');
            assert.equal(connector.handler.connections.size, 0);
            assert.equal(connector.endpoint.endpoint.wrappers.size, 0);
          });
        },
      ),
      { numRuns: 60 },
    );
  });
}

test('on NIO a head in pieces is LONG, and between requests OPEN', async () => {
  await talk('nio', {}, async ({ connect, states }) => {
    const client = connect();
    for (const part of ['\r\n', 'GET /', ' HTTP/1.1\r\nHo', 'st: a\r\n\r\n']) {
      await client.ask(part);
    }
    assert.deepEqual(states(), [
      'OPEN_READ>OPEN',
      'OPEN_READ>LONG',
      'OPEN_READ>LONG',
      'OPEN_READ>OPEN',
    ]);
  });
});
