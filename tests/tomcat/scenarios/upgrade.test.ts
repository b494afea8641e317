/**
 * The debug lines of the loop, step by step, as they were recorded from the
 * original: what each pass ended in.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scenario as asynchronous } from '../../../runnable/scenarios/tomcat/01-process-loop/asynchronous.ts';
import { scenario as inPieces } from '../../../runnable/scenarios/tomcat/01-process-loop/in-pieces.ts';
import { scenario as keepAlive } from '../../../runnable/scenarios/tomcat/01-process-loop/keep-alive.ts';
import { scenario as malformed } from '../../../runnable/scenarios/tomcat/01-process-loop/malformed.ts';
import { scenario as neverFinished } from '../../../runnable/scenarios/tomcat/01-process-loop/never-finished.ts';
import { scenario as bio } from '../../../runnable/scenarios/tomcat/03-upgrade/bio.ts';
import { scenario as nio } from '../../../runnable/scenarios/tomcat/03-upgrade/nio.ts';
import { scenario as openThrows } from '../../../runnable/scenarios/tomcat/03-upgrade/open-throws.ts';
import type { Scenario } from '../../../runnable/scenarios/scenario.ts';
import { Sim } from '../../../runnable/sim/sim.ts';
import { converse } from '../../../src/chapter/lab-conversation.ts';
import { ports } from '../../../src/ports/ports.ts';

async function statesOf(scenario: Scenario): Promise<readonly string[]> {
  const sim = new Sim({ seed: scenario.seed });
  const run = scenario.begin(sim, ports);
  const result = (await sim.run(() => run.main())) as {
    readonly states: readonly string[];
  };
  return result.states.map((state) => state.replace('OPEN_READ>', ''));
}

const rows: readonly [string, Scenario, readonly string[]][] = [
  ['on BIO, UPGRADED is never logged', bio, ['UPGRADING', 'CLOSED']],
  [
    'on NIO, every drained read ends in UPGRADED',
    nio,
    ['UPGRADING', 'UPGRADED', 'UPGRADED', 'CLOSED'],
  ],
  ['an onOpen that throws leaves no line at all', openThrows, []],
  [
    'a kept connection is OPEN until its last request',
    keepAlive,
    ['OPEN', 'CLOSED'],
  ],
  [
    'a head in pieces is LONG until it is complete',
    inPieces,
    ['LONG', 'LONG', 'CLOSED'],
  ],
  ['a request that never ends stays LONG', neverFinished, ['LONG', 'CLOSED']],
  ['a malformed request is CLOSED at once', malformed, ['CLOSED']],
  [
    'an asynchronous request is LONG, then turns the loop twice',
    asynchronous,
    ['LONG', 'ASYNC_END', 'CLOSED'],
  ],
];

for (const [name, scenario, states] of rows) {
  test(name, async () => assert.deepEqual(await statesOf(scenario), states));
}

const request =
  'GET /cmd HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n';

test('a rejected handshake is CLOSED on both connectors', async () => {
  for (const connector of ['bio', 'nio'] as const) {
    const given = { connector, faults: false };
    const refused = request.replace('Connection: Upgrade\r\n', '');
    const { states } = await converse({ ...given, request: refused });
    assert.deepEqual(states, ['OPEN_READ>CLOSED']);
  }
});

test('a frame in the same segment as the request is lost', async () => {
  for (const connector of ['bio', 'nio'] as const) {
    const early = Buffer.from('818537fa213d7f9f4d5158', 'hex');
    const { events, closed } = await converse({
      connector,
      faults: false,
      request: request.replace('/cmd', '/echo') + early.toString('latin1'),
    });
    assert.deepEqual(events, ["onOpen sub='' ext=[]"]);
    assert.equal(closed, false);
  }
});
