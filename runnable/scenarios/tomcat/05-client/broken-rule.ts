/**
 * The server breaks a rule. The client says so, and then reads no more: the
 * socket stays open until somebody closes it.
 */
import type { Scenario } from '../../scenario.ts';
import { answer, cast, connect, folded, notes, text } from './served.ts';

export const scenario: Scenario = {
  title: 'A rule broken',
  summary:
    'The server starts a message inside a message; watch the client close the session, and not the socket.',
  seed: 1,
  notes,
  cast,
  folded,
  fold: ['call ClientEndpoint.onOpen.onMessage'],
  begin: (sim, ports) =>
    connect(sim, ports, async (server) => {
      await server.write(answer());
      await sim.sleep(100);
      const unfinished = text('be');
      unfinished[0] = 0x01;
      await server.write(unfinished);
      await sim.sleep(100);
      await server.write(text('gin'));
    }),
};
