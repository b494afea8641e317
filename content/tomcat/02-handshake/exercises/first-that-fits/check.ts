/**
 * The first that can be kept: which offer is taken, and what of the others
 * counts.
 */
import { expectSame, fail } from '#exercise';
import type { Check } from '#exercise';
import type * as Parameters from '../../../../../runnable/tomcat/websocket/per-message-deflate-parameters.ts';

const file = 'runnable/tomcat/websocket/per-message-deflate-parameters.ts';

const nothingSaid = {
  serverContextTakeover: true,
  serverMaxWindowBits: -1,
  clientContextTakeover: true,
  clientMaxWindowBits: -1,
};

/** `a; b=1` as one offer. */
const offer = (
  text: string,
): { readonly name: string; readonly value: string | undefined }[] =>
  text
    .split('; ')
    .filter((part) => part !== '')
    .map((part) => {
      const [name = '', value] = part.split('=');
      return { name, value };
    });

/** What is agreed on; the name of the error if it is one. */
function agreed(
  { negotiate }: typeof Parameters,
  offers: readonly string[],
  isServer = true,
): unknown {
  try {
    return negotiate(offers.map(offer), isServer) ?? 'nothing';
  } catch (error) {
    const { name } = error as Error;
    if (name === 'IllegalArgumentException') return name;
    throw error;
  }
}

export const checks: readonly Check[] = [
  {
    id: 'first-fits',
    title: 'The first offer that can be kept is taken',
    points: 3,
    rule: 'Offers are alternatives, the most wanted first, and the first that can be kept counts.',
    async judge(bench) {
      const parameters = await bench.load<typeof Parameters>(file);
      expectSame(
        agreed(parameters, [
          'server_no_context_takeover',
          'client_no_context_takeover',
        ]),
        { ...nothingSaid, serverContextTakeover: false },
        { what: 'what is agreed on when both of two offers could be kept' },
      );
      const own = await bench.run();
      const [call] = own.calls('negotiate');
      expectSame(
        call?.result,
        { ...nothingSaid, clientMaxWindowBits: 15 },
        { what: 'what is agreed on in this run', at: own.spot(call) },
      );
    },
  },
  {
    id: 'nothing-left-behind',
    title: 'Of an offer that is passed over nothing counts',
    points: 2,
    rule: 'What was read of an offer that cannot be kept is forgotten before the next is read.',
    async judge(bench) {
      const parameters = await bench.load<typeof Parameters>(file);
      expectSame(
        agreed(parameters, [
          'client_no_context_takeover; server_max_window_bits=10',
          'server_no_context_takeover',
        ]),
        { ...nothingSaid, serverContextTakeover: false },
        { what: 'what is agreed on after an offer was passed over' },
      );
    },
  },
  {
    id: 'nothing-fits',
    title: 'Sometimes nothing is agreed on',
    points: 1,
    rule: 'When no offer can be kept there is no agreement, and that is no fault.',
    async judge(bench) {
      const parameters = await bench.load<typeof Parameters>(file);
      expectSame(agreed(parameters, ['server_max_window_bits=10']), 'nothing', {
        what: 'what is agreed on without an offer that can be kept',
      });
      expectSame(agreed(parameters, []), 'nothing', {
        what: 'what is agreed on without any offer',
      });
      expectSame(
        agreed(parameters, ['client_max_window_bits=10'], false),
        'nothing',
        { what: 'what a client agrees on that cannot keep the answer' },
      );
    },
  },
  {
    id: 'faults-in-order',
    title: 'A fault counts if it is reached',
    points: 2,
    rule: 'A fault that is read before an offer is taken fails the handshake; behind it nothing is read.',
    async judge(bench) {
      const parameters = await bench.load<typeof Parameters>(file);
      const before = agreed(parameters, ['foo', '']);
      const behind = agreed(parameters, ['', 'foo']);
      if (before !== 'IllegalArgumentException') {
        fail({
          expected: 'the error of a fault in the first offer to get through',
          seen: 'the handshake goes on',
        });
      }
      expectSame(behind, nothingSaid, {
        what: 'what is agreed on when a fault stands behind the offer taken',
      });
    },
  },
];
