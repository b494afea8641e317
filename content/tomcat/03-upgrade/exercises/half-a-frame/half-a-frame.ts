/**
 * The client in a hurry once more, but only six bytes of its frame travel in
 * the segment of the request.
 */
import type { Scenario } from '../../../../../runnable/scenarios/scenario.ts';
import {
  conversationCast,
  converse,
  foldedInConversations,
  foldOfConversations,
  requestWith,
} from '../../../../../runnable/scenarios/tomcat/conversation.ts';
import { hello } from '../../../../../runnable/scenarios/tomcat/websocket.ts';

/** A text and the beginning of a frame, as one piece. */
function inOnePiece(text: string, frame: Uint8Array): Uint8Array {
  const letters = Array.from(text, (letter) => letter.charCodeAt(0));
  return Uint8Array.from([...letters, ...frame]);
}

export const scenario: Scenario = {
  title: 'Half a frame in the segment of the request',
  summary:
    'The header of the first frame comes with the request, its payload a second later; watch what the parser begins with.',
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
      inOnePiece(requestWith('/echo'), hello.subarray(0, 6)),
      async (stream, stage) => {
        await stream.write(hello.subarray(6));
        await stage.at(2000);
      },
    ),
};
