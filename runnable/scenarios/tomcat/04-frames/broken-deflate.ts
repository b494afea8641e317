/**
 * Compression was agreed on, and the second message does not inflate.
 */
import type { Scenario } from '../../scenario.ts';
import {
  conversationCast,
  converse,
  foldedInConversations,
  foldOfFrames,
  requestWith,
} from '../conversation.ts';
import { maskedFrame } from '../websocket.ts';

/** A text frame whose payload is said to be compressed. */
function compressed(payload: readonly number[]): Uint8Array {
  const frame = maskedFrame(1, payload);
  frame[0] = 0xc1;
  return frame;
}

/** "Hello", and bytes that no compressor makes. */
const sound = compressed([0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00]);
const unsound = compressed([0xff, 0xff, 0xff, 0xff]);

export const scenario: Scenario = {
  title: 'Compression broken',
  summary:
    'A compressed message is echoed, and one that does not inflate follows; compare the code on the wire with the one that the application hears.',
  seed: 1,
  notes: [
    'cast: client; acceptor; poller; worker = whichever thread of the executor; endpoint = EchoEndpoint',
    'connector: Http11NioProtocol; what it does is folded',
  ],
  cast: conversationCast,
  folded: foldedInConversations,
  fold: foldOfFrames,
  begin: (sim, ports) =>
    converse(
      sim,
      ports,
      requestWith('/echo', {
        'Sec-WebSocket-Extensions': 'permessage-deflate',
      }),
      async (stream, stage) => {
        await stream.write(sound);
        await stage.at(2000);
        await stream.write(unsound);
        await stage.at(3000);
      },
    ),
};
