/**
 * How the cases of the Autobahn test suite are told and judged: what a client
 * sends, piece by piece, and exactly what it must get. Cases in our own words,
 * under the suite's numbers.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frame, parseFrames } from './frames.ts';
import { converse } from './harness.ts';

/** One case; `expect` is all that the server sends. */
export interface AutobahnCase {
  readonly id: string;
  readonly about: string;
  /** Each piece is written, and has been dealt with before the next. */
  readonly send: readonly Buffer[];
  /** Messages as `text …`, `binary n`, `pong …`, and `close 1000` last. */
  readonly expect: readonly string[];
}

const ending = frame(8, Buffer.of(3, 232));

/** Text of any length in a few words. */
export const said = (kind: string, payload: Buffer): string =>
  payload.length > 150
    ? `${kind} of ${payload.length}`
    : `${kind} ${payload.toString('hex')}`;

export const text = (payload: Uint8Array | string): string =>
  said('text', Buffer.from(payload));

export const binary = (payload: Uint8Array | string): string =>
  said('binary', Buffer.from(payload));

export const pong = (payload: Uint8Array | string): string =>
  said('pong', Buffer.from(payload));

/** A byte at a time. */
export const octets = (bytes: Buffer): Buffer[] =>
  Array.from(bytes, (byte) => Buffer.of(byte));

export function chopped(bytes: Buffer, size: number): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    pieces.push(bytes.subarray(at, at + size));
  }
  return pieces;
}

/** The client ends a case that went well itself. */
export function passes(
  id: string,
  about: string,
  send: readonly Buffer[],
  expect: readonly string[],
): AutobahnCase {
  const all = [...send, ending];
  return { id, about, send: all, expect: [...expect, 'close 1000'] };
}

/** The server ends the case, whatever the client still sends. */
export function fails(
  id: string,
  about: string,
  send: readonly Buffer[],
  code: number,
  before: readonly string[] = [],
): AutobahnCase {
  return { id, about, send, expect: [...before, `close ${code}`] };
}

/** Messages as the client reads them: fragments are put together. */
function heard(bytes: Buffer): string[] {
  const messages: string[] = [];
  let parts: Buffer[] = [];
  let kind = '';
  for (const { opCode, payload, fin } of parseFrames(bytes)) {
    if (opCode === 8) messages.push(`close ${payload.readUInt16BE(0)}`);
    else if (opCode === 10) messages.push(said('pong', payload));
    else {
      if (opCode !== 0) kind = opCode === 1 ? 'text' : 'binary';
      parts.push(payload);
      if (!fin) continue;
      messages.push(said(kind, Buffer.concat(parts)));
      parts = [];
    }
  }
  return messages;
}

/** Judges strictly: nothing missing, nothing more, nothing later. */
export function judge({ id, about, send, expect }: AutobahnCase): void {
  for (const connector of ['bio', 'nio'] as const) {
    test(`case ${id}, ${connector}: ${about}`, async () => {
      const { received, closed } = await converse(
        { path: '/big', connector },
        async ({ sim, stream, closed: isClosed }) => {
          for (const bytes of send) {
            if (isClosed()) break;
            await stream.write(bytes);
            await sim.sleep(1);
          }
        },
      );
      assert.deepEqual(heard(received), expect);
      assert.ok(closed, 'the server has closed the connection');
    });
  }
}
