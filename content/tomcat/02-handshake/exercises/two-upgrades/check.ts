/**
 * It works in the other browser: headers are lists, and lists are made of
 * whole words.
 */
import { expectSame, fail } from '#exercise';
import type { Bench, Check } from '#exercise';
import type { HttpServletRequest } from '../../../../../runnable/tomcat/catalina/servlet.ts';
import type * as UpgradeUtil from '../../../../../runnable/tomcat/websocket/server/upgrade-util.ts';

const file = 'runnable/tomcat/websocket/server/upgrade-util.ts';

type Headers = Readonly<Record<string, readonly string[]>>;

/** A GET with these headers, for whoever asks for no more of a request. */
function requestOf(headers: Headers): HttpServletRequest {
  const valuesOf = (name: string): readonly string[] =>
    headers[name.toLowerCase()] ?? [];
  return {
    getMethod: () => 'GET',
    getHeaders: valuesOf,
    getHeader: (name: string) => valuesOf(name)[0],
  } as unknown as HttpServletRequest;
}

/** Whether an `Upgrade` header of these lines asks for WebSocket. */
const asks = (
  { isWebSocketUpgradeRequest }: typeof UpgradeUtil,
  lines: readonly string[],
): boolean => isWebSocketUpgradeRequest(requestOf({ upgrade: lines }));

/** The sub-protocols that the endpoint's configurator is asked about. */
async function requested(
  { load }: Bench,
  ...lines: string[]
): Promise<readonly string[]> {
  const { doUpgrade } = await load<typeof UpgradeUtil>(file);
  const heard: string[] = [];
  const enough = new Error('That is all the check wants to know');
  const configurator = {
    checkOrigin: () => true,
    getNegotiatedSubprotocol: (_: unknown, names: readonly string[]) => {
      heard.push(...names);
      throw enough;
    },
  };
  const request = requestOf({
    connection: ['Upgrade'],
    'sec-websocket-version': ['13'],
    'sec-websocket-key': ['dGhlIHNhbXBsZSBub25jZQ=='],
    'sec-websocket-protocol': lines,
  });
  const response = { setStatus: () => undefined, sendError: () => undefined };
  const mapping = { config: { configurator, subprotocols: [] } };
  try {
    doUpgrade(
      undefined as never,
      request,
      response as unknown as Parameters<typeof doUpgrade>[2],
      mapping as unknown as Parameters<typeof doUpgrade>[3],
    );
  } catch (error) {
    if (error !== enough) throw error;
  }
  return heard;
}

/** Lines of an `Upgrade` header, and whether they ask for WebSocket. */
const upgrades: readonly (readonly [readonly string[], boolean])[] = [
  [['h2c, WebSocket'], true],
  [['websocket ,h2c'], true],
  [['h2c', 'websocket'], true],
  [['websocket-2'], false],
  [['h2c websocket'], false],
];

export const checks: readonly Check[] = [
  {
    id: 'both-wishes',
    title: 'Two wishes in one header are both heard',
    points: 3,
    rule: 'A header is a list, and a word that is looked for may be any item of it.',
    async judge({ run }) {
      const own = await run();
      if (own.first('call Request.upgrade') === undefined) {
        fail({
          expected: 'the handshake to be accepted',
          seen: 'that it is refused',
          at: own.spot(own.first('call doUpgrade')),
        });
      }
      own.expectOrder('call Request.upgrade', 'call EchoEndpoint.onOpen');
    },
  },
  {
    id: 'whole-words',
    title: 'Only a whole item counts, whatever its case',
    points: 2,
    rule: 'An item is what stands between two commas, without the spaces around it; part of an item is nothing.',
    async judge({ load }) {
      const util = await load<typeof UpgradeUtil>(file);
      for (const [lines, expected] of upgrades) {
        const seen = asks(util, lines);
        if (seen === expected) continue;
        fail({
          expected: `${lines.map((line) => `"Upgrade: ${line}"`).join(', ')} ${expected ? '' : 'not '}to ask for WebSocket`,
          seen: seen ? 'that it does' : 'that it does not',
        });
      }
    },
  },
  {
    id: 'other-lists',
    title: 'Sub-protocols are a list, too',
    points: 2,
    rule: 'Whoever asks for the items of a header gets them one by one, in their order.',
    async judge(bench) {
      expectSame(
        await requested(bench, 'chat.v2, chat.v1', 'chat'),
        ['chat.v2', 'chat.v1', 'chat'],
        { what: 'the sub-protocols asked for' },
      );
    },
  },
];
