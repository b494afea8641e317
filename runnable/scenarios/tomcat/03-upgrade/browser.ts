/**
 * What `new WebSocket('ws://localhost:8080/echo')` sends from a page, byte for
 * byte as a Chromium of 2026 does: it offers to compress, and its messages are.
 */
import type { Scenario } from '../../scenario.ts';
import {
  conversationCast,
  converse,
  foldedInConversations,
  foldOfConversations,
} from '../conversation.ts';
import { closeFrame, maskedFrame } from '../websocket.ts';

const request = [
  'GET /echo HTTP/1.1',
  'Host: localhost:8080',
  'Connection: Upgrade',
  'Pragma: no-cache',
  'Cache-Control: no-cache',
  'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
  'Upgrade: websocket',
  'Origin: http://localhost:8080',
  'Sec-WebSocket-Version: 13',
  'Accept-Encoding: gzip, deflate, br, zstd',
  'Accept-Language: en-US,en;q=0.9',
  'Sec-WebSocket-Key: 5QMxQvVJpzNTGa8MNvbC8Q==',
  'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits',
  '',
  '',
].join('\r\n');

/** "Hello Server!", deflated. */
const deflated = [
  ...[0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x57, 0x08, 0x4e],
  ...[0x2d, 0x2a, 0x4b, 0x2d, 0x52, 0x04, 0x00],
];

/** A text in one frame; the second bit says that it is compressed. */
function helloServer(): Uint8Array {
  const frame = maskedFrame(1, deflated);
  frame[0] = 0xc1;
  return frame;
}

export const scenario: Scenario = {
  title: 'From a browser',
  summary:
    'A page opens a WebSocket, says “Hello Server!”, hears it again and closes; follow every byte on the wire and every state of the machine.',
  seed: 1,
  notes: [
    'cast: client = a page in a browser; acceptor; poller; worker = whichever thread of the executor; endpoint = EchoEndpoint',
    'connector: Http11NioProtocol; what it does is folded',
  ],
  cast: conversationCast.map((lane) =>
    lane.id === 'client'
      ? { ...lane, noun: 'the browser', role: 'played' }
      : lane,
  ),
  folded: foldedInConversations,
  fold: foldOfConversations.filter((kind) => kind !== 'state SocketState'),
  begin: (sim, ports) =>
    converse(sim, ports, request, async (stream, stage) => {
      await stream.write(helloServer());
      await stage.at(2000);
      await stream.write(closeFrame);
      await stage.at(3000);
    }),
};
