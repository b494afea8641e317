/**
 * Answered after it was over: what is unfinished stays, what has failed or is
 * over does not.
 */
import { expectSame } from '#exercise';
import type { Check, Run } from '#exercise';

/** `OPEN_READ>LONG`: each turn of the loop, in short. */
const statesOf = ({ result }: Run): readonly string[] =>
  (result as { readonly states?: readonly string[] } | undefined)?.states ?? [];

export const checks: readonly Check[] = [
  {
    id: 'late-answer',
    title: 'A late answer arrives',
    points: 3,
    rule: 'A request that is not over keeps its processor, whatever is to become of the connection afterwards.',
    async judge({ run }) {
      const own = await run();
      expectSame(statesOf(own)[0], 'OPEN_READ>LONG', {
        what: 'the first turn of the loop',
        at: own.spot(own.first('log AbstractConnectionHandler')),
      });
      own.expectOrder(
        'return LateServlet.answer',
        'bytes.write server @0',
        'bytes.close server',
      );
      own.expectEnd();
    },
  },
  {
    id: 'last-closes',
    title: 'The last response closes the connection',
    points: 2,
    rule: 'After a request with `Connection: close` has been answered, nothing is waited for any more.',
    async judge({ run }) {
      const own = await run('keep-alive');
      const last = own.states('SocketState').at(-1);
      expectSame(statesOf(own), ['OPEN_READ>OPEN', 'OPEN_READ>CLOSED'], {
        what: 'the turns of the loop in scenario "keep-alive"',
        at: own.spot(last),
      });
    },
  },
  {
    id: 'failed-closes',
    title: 'A failure closes the connection, even of an asynchronous request',
    points: 2,
    rule: 'When nobody is there to be answered, there is nothing to wait for.',
    async judge({ run }) {
      const own = await run('hung-up');
      const first = own.states('SocketState')[0];
      expectSame(statesOf(own), ['OPEN_READ>CLOSED'], {
        what: 'the turns of the loop for a client that has left',
        at: own.spot(first ?? own.first('log CoyoteAdapter')),
      });
    },
  },
];
