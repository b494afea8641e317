/**
 * A server that cannot prove that it read the key: 7.0.88 does not ask for the
 * proof, though RFC 6455 requires it.
 */
import type { Scenario } from '../../scenario.ts';
import { answer, cast, connect, folded, notes, text } from './served.ts';

export const scenario: Scenario = {
  title: 'A proof nobody asks for',
  summary:
    'The server sends a wrong Sec-WebSocket-Accept; watch the client open a session all the same.',
  seed: 1,
  notes,
  cast,
  folded,
  fold: ['call ClientEndpoint.onOpen.onMessage'],
  begin: (sim, ports) =>
    connect(sim, ports, async (server) => {
      await server.write(answer('Sec-WebSocket-Accept: nonsense'));
      await sim.sleep(100);
      await server.write(text('trust me'));
    }),
};
