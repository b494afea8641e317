/**
 * Clients that do not behave: slow ones, silent ones, those that never read,
 * and too many at once. None of them holds a connection for ever.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  HttpServletRequest,
  HttpServletResponse,
  Servlet,
} from '../../../../runnable/tomcat/catalina/servlet.ts';
import { connectors, talk } from '../../talk.ts';

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;

/** Answers with a million characters, more than any buffer takes. */
class LongServlet implements Servlet {
  async service(
    _request: HttpServletRequest,
    response: HttpServletResponse,
  ): Promise<void> {
    for (let part = 0; part < 100; part++) {
      await response.print('x'.repeat(10_000));
    }
  }
}

for (const name of connectors) {
  test(`${name} ends a connection on which nothing is sent`, async () => {
    await talk(name, {}, async ({ connect, connector }) => {
      const client = connect();
      assert.equal(await client.take(19_999), '');
      assert.equal(await client.take(2), ' EOF');
      assert.equal(connector.endpoint.endpoint.wrappers.size, 0);
    });
  });

  test(`${name} ends a connection that is idle between requests`, async () => {
    const options = { keepAliveTimeout: 5000 };
    await talk(name, { options }, async ({ connect }) => {
      const client = connect();
      await client.ask(get('/'));
      assert.equal(await client.take(4900), '');
      assert.equal(await client.take(200), ' EOF');
    });
  });

  test(`${name} ends a connection that stops within a request`, async () => {
    await talk(name, {}, async ({ connect, connector }) => {
      const client = connect();
      await client.ask('GET / HT');
      assert.equal(await client.take(19_900), '');
      assert.equal(await client.take(200), ' EOF');
      assert.equal(connector.handler.connections.size, 0);
    });
  });

  test(`${name} gives up a client that never reads`, async () => {
    const application = { filters: [], servlet: new LongServlet() };
    await talk(name, { application }, async ({ connect, connector, sim }) => {
      const client = connect();
      await client.send(get('/'));
      await sim.sleep(19_000);
      assert.equal(connector.endpoint.endpoint.wrappers.size, 1);
      await sim.sleep(2000);
      assert.equal(connector.endpoint.endpoint.wrappers.size, 0);
    });
  });

  test(`${name} forgets a client that has gone`, async () => {
    await talk(name, {}, async ({ connect, connector, sim }) => {
      const [polite, rude] = [connect(), connect()];
      await polite.ask('GET / HT');
      await rude.ask('GET / HT');
      polite.stream.close();
      rude.stream.reset();
      await sim.sleep(1);
      assert.equal(connector.handler.connections.size, 0);
      assert.equal(connector.endpoint.endpoint.wrappers.size, 0);
    });
  });

  test(`${name} accepts no more connections than it may have`, async () => {
    const options = { maxConnections: 2, maxThreads: 2 };
    await talk(name, { options }, async ({ connect, connector }) => {
      const clients = [connect(), connect(), connect()];
      assert.equal(await clients[2]!.ask(get('/')), '');
      assert.equal(connector.endpoint.endpoint.wrappers.size, 2);
      clients[0]!.stream.close();
      assert.match(await clients[2]!.take(), /plain GET \/( EOF)?$/);
    });
  });

  test(`${name} ends open connections when it is stopped`, async () => {
    await talk(name, {}, async ({ connect, connector }) => {
      const clients = [connect(), connect()];
      await clients[0]!.ask(get('/'));
      connector.stop();
      for (const client of clients) assert.equal(await client.take(), ' EOF');
      assert.equal(connector.endpoint.endpoint.wrappers.size, 0);
    });
  });
}

test('on NIO one thread serves many slow connections', async () => {
  const options = { maxThreads: 1 };
  await talk('nio', { options }, async ({ connect }) => {
    const slow = Array.from({ length: 50 }, () => connect());
    for (const client of slow) await client.send('GET /slow HT');
    assert.match(await connect().ask(get('/quick')), /plain GET \/quick$/);
    for (const client of slow) await client.send('TP/1.1\r\nHost: a\r\n\r\n');
    for (const client of slow) {
      assert.match(await client.take(), /plain GET \/slow$/);
    }
  });
});

test('on BIO connections are not kept when threads are scarce', async () => {
  const options = { maxThreads: 4 };
  await talk('bio', { options }, async ({ connect }) => {
    const clients = [connect(), connect(), connect(), connect()];
    const answers = [];
    for (const client of clients) answers.push(await client.ask(get('/')));
    assert.match(answers[0]!, /plain GET \/$|EOF$/);
    assert.match(answers[3]!, /Connection: close.* EOF$/s);
  });
});
