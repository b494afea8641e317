/**
 * The first message is missing: the order of the last steps of connecting.
 */
import { expectSame } from '#exercise';
import type { Check, Run } from '#exercise';

/** What the endpoint was told, in order. */
const heardIn = ({ result }: Run): unknown =>
  (result as { readonly heard?: unknown } | undefined)?.heard;

export const checks: readonly Check[] = [
  {
    id: 'all-heard',
    title: 'The first message is heard',
    points: 3,
    rule: 'Nothing may be parsed before `onOpen` has added the handler, and everything must be parsed after it.',
    async judge({ run }) {
      const own = await run();
      expectSame(
        heardIn(own),
        ['onOpen', 'onMessage early', 'onMessage late'],
        {
          what: 'what the endpoint hears',
          at: own.spot(own.first('call WsFrameClient.startInputProcessing')),
        },
      );
    },
  },
  {
    id: 'before-return',
    title: 'What came with the answer is delivered before the return',
    points: 2,
    rule: 'The caller parses what came with the answer itself, and does not return before that.',
    async judge({ run }) {
      const own = await run();
      own.expectOrder(
        'call ClientEndpoint.onOpen',
        'call ClientEndpoint.onMessage',
        'return WsClientContainer.connectToServer',
      );
    },
  },
  {
    id: 'one-of-them',
    title: 'Whoever hears a message is among the open sessions',
    points: 2,
    rule: 'A session is registered before its first message can be delivered.',
    async judge({ run }) {
      const own = await run('counts-itself');
      expectSame(heardIn(own), ['onOpen', 'onMessage early, open: 1'], {
        what: 'what an endpoint hears that counts the open sessions',
        at: own.spot(own.first('call ClientEndpoint.onMessage')),
      });
    },
  },
];
