/**
 * Saying goodbye once: who is told first, who is told at all, and what is
 * closed.
 */
import { expectSame } from '#exercise';
import type { Bench, Check } from '#exercise';
import type * as Session from '../../../../../runnable/tomcat/websocket/ws-session.ts';

/** A session among stand-ins, and what they have heard. */
async function goodbye(
  { load, inWorld }: Bench,
  peerCloses: number,
): Promise<readonly string[]> {
  const { WsSession } = await load<typeof Session>(
    'runnable/tomcat/websocket/ws-session.ts',
  );
  const heard: string[] = [];
  const hears = (what: string) => () => {
    heard.push(what);
    return Promise.resolve();
  };
  const remote = {
    setSession: () => undefined,
    setSendTimeout: () => undefined,
    setBatchingAllowed: () => Promise.resolve(),
    startMessageBlock: hears('close frame'),
    close: hears('remote closed'),
  };
  const endpoint: unknown = {
    onOpen: hears('onOpen'),
    onClose: hears('onClose'),
    onError: hears('onError'),
  };
  const reason: unknown = { code: 1000, reason: undefined };
  await inWorld(async (sim) => {
    const container = { sim, unregisterSession: () => undefined };
    const session = new WsSession({
      localEndpoint: endpoint as never,
      wsRemoteEndpoint: remote as never,
      container: container as never,
      negotiatedExtensions: [],
      subProtocol: '',
      secure: false,
      userProperties: new Map(),
    });
    for (let time = 0; time < peerCloses; time++) {
      await session.onClose(reason as never);
    }
    heard.push(session.state);
  });
  return heard;
}

export const checks: readonly Check[] = [
  {
    id: 'answer-first',
    title: 'The peer is answered before the endpoint is told',
    points: 4,
    rule: 'The answer goes out first, so that nothing the application does can hold it up.',
    async judge({ run }) {
      const own = await run();
      own.expectOrder(
        'call WsSession.onClose',
        'state Session OUTPUT_CLOSED',
        'bytes.write server @193',
        'call EchoEndpoint.onClose',
        'state Session CLOSED',
        'bytes.close server',
      );
      const [told] = own.calls('EchoEndpoint.onClose');
      const { code } = (told?.args[1] ?? {}) as { readonly code?: number };
      expectSame(code, 1002, {
        what: 'the code that the endpoint hears',
        at: own.spot(told),
      });
    },
  },
  {
    id: 'said-before',
    title: 'What has been said is not said again',
    points: 3,
    rule: 'When this side has closed first, the close frame of the peer is the answer, and only the connection is left to be closed.',
    async judge({ run }) {
      const own = await run('server-first');
      own.expectTimes('call EchoEndpoint.onClose', 1);
      const frames = own
        .all('bytes.write server')
        .filter(({ time }) => time > 1000);
      expectSame(frames.length, 0, {
        what: 'the number of writes after the client has answered',
        at: own.spot(frames[0]),
      });
      own.expectOrder(
        'call WsSession.onClose',
        'state Session CLOSED',
        'bytes.close server',
      );
      own.expectEnd();
    },
  },
  {
    id: 'over-is-over',
    title: 'A session ends once',
    points: 2,
    rule: 'A session that is CLOSED has nothing more to say, and nobody to say it to.',
    async judge(bench) {
      expectSame(
        await goodbye(bench, 2),
        ['close frame', 'onClose', 'remote closed', 'CLOSED'],
        { what: 'what happens when a session is closed twice by its peer' },
      );
    },
  },
];
