/**
 * Reads frame headers, and refuses those that the protocol forbids.
 *
 * The checks have an order, and a frame with two faults is refused for the
 * first of them: reserved bits before the opcode, the opcode before the mask.
 */
import { IllegalArgumentException } from '../java/exceptions.ts';
import {
  MAX_CONTROL_PAYLOAD,
  OPCODE_BINARY,
  OPCODE_CLOSE,
  OPCODE_PING,
  OPCODE_PONG,
  OPCODE_TEXT,
} from './constants.ts';
import type { FrameState } from './frame-state.ts';
import { CloseReason, PROTOCOL_ERROR } from './javax.ts';
import type { Transformation } from './transformation.ts';
import { grouped, isControl } from './util.ts';
import { WsIOException } from './ws-io-exception.ts';

/** A refusal with code 1002. */
export function protocolError(text: string): WsIOException {
  return new WsIOException(new CloseReason(PROTOCOL_ERROR, text));
}

/** What the parser is told about its side of the connection. */
export interface HeaderRules {
  /** Whether the peer must mask: it must if it is a client. */
  readonly isMasked: boolean;
  readonly transformation: Transformation;
  /** Reads long lengths as 7.0.88 does; see `byteArrayToLong`. */
  readonly faults: boolean;
  /** A message of this kind begins. */
  startMessage(textMessage: boolean): void;
}

/**
 * Reads the two bytes that every header has.
 *
 * @story on state: Two bytes say what the frame is and how long; the rest of the header must come next.
 * @returns false while they have not come
 * @throws {WsIOException} 1002
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/WsFrameBase.java WsFrameBase.processInitialHeader
 */
export function processInitialHeader(
  frame: FrameState,
  rules: HeaderRules,
): boolean {
  if (frame.unread < 2) return false;
  const first = frame.next();
  frame.fin = (first & 0x80) !== 0;
  frame.rsv = (first & 0x70) >>> 4;
  frame.opCode = first & 0x0f;
  const { rsv, opCode } = frame;
  if (!rules.transformation.validateRsv(rsv, opCode)) {
    throw protocolError(
      `The client frame set the reserved bits to [${String(rsv)}] for a message with opCode [${String(opCode)}] which was not supported by this endpoint`,
    );
  }
  if (isControl(opCode)) checkControl(frame);
  else checkData(frame, rules);
  const second = frame.next();
  if ((second & 0x80) === 0 && rules.isMasked) {
    throw protocolError(
      'The client frame was not masked but all client frames must be masked',
    );
  }
  frame.payloadLength = second & 0x7f;
  frame.state = 'PARTIAL_HEADER';
  return true;
}

function checkControl({ fin, opCode }: FrameState): void {
  if (!fin) {
    throw protocolError(
      'A fragmented control frame was received but control frames may not be fragmented',
    );
  }
  const known = [OPCODE_CLOSE, OPCODE_PING, OPCODE_PONG];
  if (!known.includes(opCode)) throw unrecognised(opCode);
}

/** Says which message the frame belongs to: the current or a new one. */
function checkData(frame: FrameState, rules: HeaderRules): void {
  const { opCode } = frame;
  if (frame.continuationExpected) {
    if (opCode !== 0) {
      throw protocolError(
        'A new message was started when a continuation frame was expected',
      );
    }
  } else {
    if (opCode !== OPCODE_BINARY && opCode !== OPCODE_TEXT) {
      throw unrecognised(opCode);
    }
    frame.textMessage = opCode === OPCODE_TEXT;
    rules.startMessage(frame.textMessage);
  }
  frame.continuationExpected = !frame.fin;
}

function unrecognised(opCode: number): WsIOException {
  return protocolError(
    `A WebSocket frame was sent with an unrecognised opCode of [${String(opCode)}]`,
  );
}

/**
 * Reads the long form of the length and the mask, if the frame has them.
 *
 * @story on state: The header is whole, so what follows is payload.
 * @returns false while they have not come
 * @throws {WsIOException} 1002
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/WsFrameBase.java WsFrameBase.processRemainingHeader
 * @differs refuses a length whose highest bit is set, which 7.0.88 takes for
 *   a negative number (CVE-2020-13935); the `faults` switch brings that back
 */
export function processRemainingHeader(
  frame: FrameState,
  { isMasked, faults }: HeaderRules,
): boolean {
  const lengthSize = { 126: 2, 127: 8 }[frame.payloadLength] ?? 0;
  const maskSize = isMasked ? 4 : 0;
  if (frame.unread < lengthSize + maskSize) return false;
  if (lengthSize > 0) {
    const end = frame.readPos + lengthSize;
    const bytes = frame.inputBuffer.subarray(frame.readPos, end);
    if (!faults && lengthSize === 8 && (bytes[0] ?? 0) > 0x7f) {
      throw protocolError('The payload length of a frame may not be negative');
    }
    frame.payloadLength = byteArrayToLong(bytes, faults);
    frame.readPos = end;
  }
  if (isControl(frame.opCode) && frame.payloadLength > MAX_CONTROL_PAYLOAD) {
    throw protocolError(
      `A control frame was sent with a payload of size [${grouped(frame.payloadLength)}] which is larger than the maximum permitted of 125 bytes`,
    );
  }
  for (let index = 0; index < maskSize; index++) {
    frame.mask[index] = frame.next();
  }
  frame.state = 'DATA';
  return true;
}

/**
 * Reads a number of up to eight bytes, the highest first.
 *
 * @param faults shifts as Java shifts an `int`: by the distance modulo 32, so
 *   that the fifth byte from the right is added where the first belongs
 * @throws {IllegalArgumentException} for more than eight bytes
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/WsFrameBase.java WsFrameBase.byteArrayToLong
 * @differs counts right unless `faults` is on; exact up to 2^53
 */
export function byteArrayToLong(bytes: Uint8Array, faults: boolean): number {
  if (bytes.length > 8) {
    throw new IllegalArgumentException(
      `Too many bytes ([${String(bytes.length)}]) were provided to be converted into a long`,
    );
  }
  let value = 0;
  let shift = 0;
  for (let index = bytes.length - 1; index >= 0; index--) {
    const byte = bytes[index] ?? 0;
    value += faults ? byte << shift : byte * 2 ** shift;
    shift += 8;
  }
  return value;
}
