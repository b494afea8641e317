/**
 * Conversations with the lab's endpoints, compared with those recorded from
 * the original: frames, events, and who closed the connection. HTTP around
 * the handshake is the connector's, and is compared elsewhere.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inflateRawSync } from 'node:zlib';
import { converse, upgradeRequest } from '../tomcat/websocket/harness.ts';
import type { Client, Connector } from '../tomcat/websocket/harness.ts';
import { frame, parseFrames } from '../tomcat/websocket/frames.ts';
import { conversations, needsFaults } from './tomcat-cases.ts';
import type { ExpectedFrame, Step, TomcatCase } from './tomcat-cases.ts';

/** What the client sends when the server has gone is lost. */
async function take(client: Client, step: Step): Promise<void> {
  if (!client.closed()) await send(client, step);
  await client.sim.sleep(step.wait ?? step.recv ?? 50);
}

async function send({ stream }: Client, step: Step): Promise<void> {
  if (step.send !== undefined) {
    await stream.write(Buffer.from(step.send, 'hex'));
  } else if (step.text !== undefined) {
    await stream.write(frame(1, step.text));
  } else if (step.gen !== undefined) {
    const { op, n, fin = 1, byte = 0x78 } = step.gen;
    await stream.write(frame(op, Buffer.alloc(n, byte), { fin: fin === 1 }));
  } else if (step.fin !== undefined || step.tcpclose !== undefined) {
    stream.close();
  } else if (step.rst !== undefined) {
    stream.reset();
  }
}

/** Frames in the words of the recording, with the window kept. */
function describe(bytes: Buffer): ExpectedFrame[] {
  return parseFrames(bytes).map(({ fin, rsv, opCode, payload }) => {
    const head = {
      fin: fin ? 1 : 0,
      rsv,
      op: opCode,
      len: payload.length,
    };
    if (opCode === 8) {
      return {
        ...head,
        code: payload.readUInt16BE(0),
        reason: payload.subarray(2).toString(),
      };
    }
    const digits = payload.toString('hex');
    const hex = payload.length > 64 ? `${digits.slice(0, 32)}..` : digits;
    return { ...head, hex };
  });
}

async function replay(
  { id, endpoint, request, steps, expect }: TomcatCase,
  connector: Connector,
): Promise<void> {
  const seen = await converse(
    {
      connector,
      path: endpoint,
      request: request === '' ? upgradeRequest(endpoint) : request,
      faults: needsFaults.has(id),
    },
    async (client) => {
      for (const step of steps) await take(client, step);
    },
  );
  assert.equal(seen.answer.status, expect.status ?? 101);
  if (id === 'p23-large-8193') {
    // Another zlib finds a shorter form; what it says must be the same.
    assert.equal(inflatedLength(seen.received), 70_000);
  } else {
    assert.deepEqual(describe(seen.received), expect.frames ?? []);
  }
  assert.deepEqual(seen.events, expect.events);
  if (expect.connection === 'closed by server' && seen.answer.status === 101) {
    assert.ok(seen.closed, 'the server has closed the connection');
  }
}

/** How long the first message is, when it is one compressed frame. */
function inflatedLength(bytes: Buffer): number {
  const [first] = parseFrames(bytes);
  assert.ok(first?.fin === true && first.rsv === 4);
  const tail = Buffer.from('0000ffff', 'hex');
  const deflated = Buffer.concat([first.payload, tail]);
  return inflateRawSync(deflated, { finishFlush: 2 }).length;
}

/** The half-closed pipe of the simulator is a closed one; see the TCP tests. */
const needsTcp = new Set(['f44-client-tcp-fin', 'f47-half-close']);

/** What the connector says or does before a filter is asked. */
const needsHttp = /^h(05|09|16|17|18|20|22|33|41|42|48|54)-/;

for (const each of conversations) {
  if (needsTcp.has(each.id) || needsHttp.test(each.id)) continue;
  for (const connector of ['bio', 'nio'] as const) {
    test(`${each.id} goes as recorded, on ${connector}`, () =>
      replay(each, connector));
  }
}
