/**
 * A client that cannot wait: its first frame travels in the segment of its
 * request. It is read with the head, and dies with the HTTP processor.
 */
import type { Scenario } from '../../scenario.ts';
import {
  conversationCast,
  converse,
  foldedInConversations,
  foldOfConversations,
  requestWith,
} from '../conversation.ts';
import { closeFrame, hello } from '../websocket.ts';

/** A text and a frame, as one piece. */
function inOnePiece(text: string, frame: Uint8Array): Uint8Array {
  const letters = Array.from(text, (letter) => letter.charCodeAt(0));
  return Uint8Array.from([...letters, ...frame]);
}

export const scenario: Scenario = {
  title: 'A frame in the segment of the request',
  summary:
    'The client sends its first message without waiting for the 101; watch where it goes.',
  seed: 1,
  notes: [
    'cast: client; acceptor; poller; worker = whichever thread of the executor; endpoint = EchoEndpoint',
    'connector: Http11NioProtocol; what it does is folded',
  ],
  cast: conversationCast,
  folded: foldedInConversations,
  keep: [
    'call Http11ConnectionHandler.release',
    'call Http11ConnectionHandler.createUpgradeProcessor',
  ],
  fold: foldOfConversations,
  begin: (sim, ports) =>
    converse(
      sim,
      ports,
      inOnePiece(requestWith('/echo'), hello),
      async (stream, stage) => {
        await stream.write(hello);
        await stage.at(2000);
        await stream.write(closeFrame);
        await stage.at(3000);
      },
    ),
};
