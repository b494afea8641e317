/**
 * Control frames: which there are, and what a close frame says.
 */
import { decode } from '../util/buf/utf8-decoder.ts';
import { MAX_CONTROL_PAYLOAD, OPCODE_CLOSE, OPCODE_PING } from './constants.ts';
import { protocolError } from './frame-header.ts';
import { CloseReason, NORMAL_CLOSURE } from './javax.ts';
import { getCloseCode } from './util.ts';

/**
 * What a control frame is called.
 *
 * @story as result
 * @story when result == 'close': A close frame has come whole: from here on no frame is accepted any more.
 * @story when result == 'ping': The ping has come whole, and is answered at once, whatever message is under way.
 * @story when result == 'pong': The pong has come whole; who asked for it is told.
 */
export function controlFrameOf(opCode: number): 'close' | 'ping' | 'pong' {
  if (opCode === OPCODE_CLOSE) return 'close';
  return opCode === OPCODE_PING ? 'ping' : 'pong';
}

/**
 * What a close frame says; without a payload it says 1000.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/WsFrameBase.java WsFrameBase.processDataControl (part)
 * @throws {WsIOException} 1002 for a single byte or a reason that is not UTF-8
 */
export function toCloseReason(payload: Uint8Array): CloseReason {
  if (payload.length === 0) return new CloseReason(NORMAL_CLOSURE);
  if (payload.length === 1) {
    throw protocolError(
      'The client sent a close frame with a single byte payload which is not valid',
    );
  }
  const code = ((payload[0] ?? 0) << 8) | (payload[1] ?? 0);
  const rest = payload.subarray(2);
  const { result, chars } = decode(rest, MAX_CONTROL_PAYLOAD, true);
  if (result !== 'underflow') {
    throw protocolError(
      'A WebSocket close frame was received with a close reason that contained invalid UTF-8 byte sequences',
    );
  }
  return new CloseReason(getCloseCode(code), chars === '' ? undefined : chars);
}
