/**
 * Ask for the proof: who is refused, with which words, and who is not.
 */
import { expectSame } from '#exercise';
import type { Check, Run } from '#exercise';

const refusal = 'failed: The server did not prove that it read the key';

/** Fails unless the endpoint and the program were told this, in order. */
function expectHeard(own: Run, ...heard: readonly string[]): void {
  const { result } = own as {
    result: { readonly heard?: unknown } | undefined;
  };
  expectSame(result?.heard, heard, {
    what: 'what the program learns',
    at: own.spot(
      own.first('return processResponse') ?? own.first('bytes.read client @0'),
    ),
  });
}

export const checks: readonly Check[] = [
  {
    id: 'wrong-refused',
    title: 'A wrong proof is refused',
    points: 3,
    rule: 'Whoever sends another value than the one of the key has not read the key, and is no WebSocket.',
    async judge({ run }) {
      const own = await run();
      expectHeard(own, refusal);
      own.expectOrder('bytes.read client @0', 'bytes.close client');
    },
  },
  {
    id: 'missing-refused',
    title: 'So is a missing one',
    points: 2,
    rule: 'A header that is not there proves nothing.',
    async judge({ run }) {
      expectHeard(await run('later-message'), refusal);
    },
  },
  {
    id: 'right-accepted',
    title: 'The right one is accepted',
    points: 2,
    rule: 'The value is computed from the key of this request, as the server computes it.',
    async judge({ run }) {
      expectHeard(await run('right-accept'), 'onOpen', 'onMessage proved');
    },
  },
  {
    id: 'status-first',
    title: 'The status comes first',
    points: 1,
    rule: 'An answer that is no 101 has nothing to prove, and is refused for its status.',
    async judge({ run }) {
      expectHeard(
        await run('not-here'),
        'failed: The HTTP response from the server [404] did not permit the HTTP upgrade to WebSocket',
      );
    },
  },
];
