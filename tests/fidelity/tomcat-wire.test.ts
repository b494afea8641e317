/**
 * The recorded conversations once more, over real TCP and on both connectors:
 * the head of the answer, the frames, who closed the connection, what the
 * endpoint was told, and the debug line of every pass of the loop.
 */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { Sim } from '../../runnable/sim/sim.ts';
import type { ConnectorName } from '../../runnable/tomcat/catalina/connector.ts';
import { shortPass, startLab } from '../../src/chapter/tomcat-server.ts';
import { realClock } from '../../src/ports/real-clock.ts';
import { listen } from '../../src/ports/tcp.ts';
import { frame, parseFrames } from '../tomcat/websocket/frames.ts';
import { conversations, needsFaults } from './tomcat-cases.ts';
import type { ExpectedFrame, Step, TomcatCase } from './tomcat-cases.ts';

interface Seen {
  readonly status: number;
  readonly headers: readonly string[];
  readonly frames: readonly ExpectedFrame[];
  readonly closedByServer: boolean;
  readonly events: readonly string[];
  readonly states: readonly string[];
}

/** A client's socket, and everything that came from it. */
class Peer {
  readonly #socket: Socket;
  #received = Buffer.alloc(0);
  ended = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (bytes) => {
      this.#received = Buffer.concat([this.#received, bytes]);
    });
    for (const sign of ['end', 'error', 'close']) {
      socket.on(sign, () => (this.ended = true));
    }
  }

  get head(): string {
    const [head = ''] = this.#received.toString('latin1').split('\r\n\r\n');
    return head;
  }

  get body(): Buffer {
    return this.#received.subarray(this.head.length + 4);
  }

  write(bytes: Uint8Array): void {
    if (this.#socket.writable) this.#socket.write(bytes);
  }

  async do(step: Step): Promise<void> {
    if (step.send !== undefined) this.write(Buffer.from(step.send, 'hex'));
    if (step.text !== undefined) this.write(frame(1, step.text));
    if (step.gen !== undefined) {
      const { op, n, fin = 1, byte = 0x78 } = step.gen;
      this.write(frame(op, Buffer.alloc(n, byte), { fin: fin === 1 }));
    }
    if (step.fin !== undefined) this.#socket.end();
    if (step.rst !== undefined) this.#socket.resetAndDestroy();
    if (step.tcpclose !== undefined) this.#socket.destroy();
    await wait(step.wait ?? step.recv ?? 40);
  }

  end(): void {
    this.#socket.destroy();
  }
}

/** How long a loaded machine may take for what is sure to come, in ms. */
const patience = 10_000;

async function until(isSo: () => boolean, limit: number): Promise<void> {
  const due = performance.now() + limit;
  while (!isSo() && performance.now() < due) await wait(5);
}

async function replay(
  given: TomcatCase,
  connector: ConnectorName,
): Promise<Seen> {
  const listener = await listen(0);
  const sim = new Sim({ seed: 1, clock: realClock() });
  const events: string[] = [];
  const states: string[] = [];
  return sim.run(async () => {
    const server = startLab({
      sim,
      listener,
      connector,
      faults: needsFaults.has(given.id),
      onEvent: (line) => events.push(line),
      onPass: (line) => states.push(shortPass(line)),
    });
    const socket = connect({
      port: listener.port,
      host: '127.0.0.1',
      allowHalfOpen: true,
    });
    const peer = new Peer(socket.setNoDelay(true));
    await talk(peer, given, listener.port);
    await until(() => isComplete(given, peer, events), patience);
    // Whoever leaves the connection open has a moment to change their mind.
    if (!peer.ended) await wait(100);
    const closedByServer = peer.ended;
    const isLeftOpen = !closedByServer && !hasEnded(given);
    // The recording ends where the client judged the connection to be open.
    const told = isLeftOpen ? [...events] : events;
    const settled = (): boolean => states.at(-1)?.endsWith('CLOSED') ?? false;
    peer.end();
    await until(settled, patience);
    await server.stop();
    const [line = '', ...headers] = peer.head.split('\r\n');
    const status = Number(line.split(' ')[1]);
    const frames = status === 101 ? framesOf(peer.body) : [];
    return { status, headers, frames, closedByServer, events: told, states };
  });
}

/** Whether the client itself ends the connection in the course of the case. */
const hasEnded = ({ steps }: TomcatCase): boolean =>
  steps.some(({ fin, tcpclose }) => (fin ?? tcpclose) !== undefined);

async function talk(
  peer: Peer,
  given: TomcatCase,
  port: number,
): Promise<void> {
  const [first, ...rest] = given.steps;
  const together = given.firstStepInSameTcpSegmentAsRequest === true;
  const head = Buffer.from(
    given.request
      .replaceAll('{PORT}', String(port))
      .replace(/<\.\.\.(\d+) bytes\.\.\.>/, (_, n: string) =>
        'p'.repeat(Number(n)),
      ),
    'latin1',
  );
  const extra = together ? Buffer.from(first?.send ?? '', 'hex') : [];
  peer.write(Buffer.concat([head, Uint8Array.from(extra)]));
  await until(
    () => peer.body.length > 0 || peer.head.includes('\r\n'),
    patience,
  );
  await wait(20);
  if (peer.head.startsWith('HTTP/1.1 101')) {
    for (const step of together ? rest : given.steps) await peer.do(step);
  }
}

/** Whether all that was recorded has come; more may still follow. */
function isComplete(
  { expect }: TomcatCase,
  peer: Peer,
  events: readonly string[],
): boolean {
  const told = events.filter((event) => !isBrokenPipe(event));
  const expected = expect.events.filter((event) => !isBrokenPipe(event));
  if (expect.connection === 'closed by server' && !peer.ended) return false;
  if (told.length < expected.length) return false;
  return peer.body.length >= expectedBytes(expect.frames ?? []);
}

/** How long the frames are on the wire, at least. */
const expectedBytes = (frames: readonly ExpectedFrame[]): number =>
  frames.reduce((sum, { len }) => sum + 2 + len, 0);

/** Frames in the words of the recording. */
function framesOf(bytes: Buffer): ExpectedFrame[] {
  return parseFrames(bytes).map(({ fin, rsv, opCode, payload }) => {
    const head = { fin: fin ? 1 : 0, rsv, op: opCode, len: payload.length };
    if (opCode === 8) {
      const reason = payload.subarray(2).toString();
      return { ...head, code: payload.readUInt16BE(0), reason };
    }
    const digits = payload.toString('hex');
    const hex = payload.length > 64 ? `${digits.slice(0, 32)}..` : digits;
    return { ...head, hex };
  });
}

/** How many reads a segment costs depends on timing. */
const steady = (states: readonly string[]): string[] =>
  states.filter((state) => state !== 'OPEN_READ>UPGRADED');

/**
 * Whether a write to a peer that has gone fails at once, or is taken by the
 * operating system and fails later, is a matter of moments.
 */
const isBrokenPipe = (event: string): boolean =>
  event.endsWith('java.net.SocketException: Broken pipe');

/** A deflater of another make may find another form of the same text. */
const otherForm = new Set(['p23-large-8193']);

describe('over TCP', { concurrency: 24 }, () => {
  for (const given of conversations) {
    for (const connector of ['bio', 'nio'] as const) {
      test(`${given.id} goes as recorded on ${connector}`, async () => {
        const { expect } = given;
        const seen = await replay(given, connector);
        assert.equal(seen.status, expect.status);
        const headers = expect.headers ?? [];
        assert.deepEqual(
          seen.headers.filter((header) => headers.includes(header)),
          headers,
        );
        if (!otherForm.has(given.id)) {
          assert.deepEqual(seen.frames, expect.frames ?? []);
        }
        if (expect.connection !== 'local-close') {
          assert.equal(
            seen.closedByServer,
            expect.connection === 'closed by server',
          );
        }
        assert.deepEqual(
          seen.events.filter((event) => !isBrokenPipe(event)),
          expect.events.filter((event) => !isBrokenPipe(event)),
        );
        const states =
          connector === 'bio' ? expect.statesBio : expect.statesNio;
        assert.deepEqual(steady(seen.states), steady(states));
      });
    }
  }
});
