/**
 * The server speaks before the client listens: its first message comes in one
 * segment with the 101.
 */
import type { Scenario } from '../../scenario.ts';
import { answer, cast, connect, folded, notes, text } from './served.ts';

export const scenario: Scenario = {
  title: 'A message with the answer',
  summary:
    'A message comes together with the 101; watch why it is parsed by the caller, and after onOpen.',
  seed: 1,
  notes,
  cast,
  folded,
  fold: ['call ClientEndpoint.onOpen.onMessage'],
  begin: (sim, ports) =>
    connect(sim, ports, async (server) => {
      await server.write(Uint8Array.from([...answer(), ...text('early')]));
      await sim.sleep(100);
      await server.write(text('late'));
    }),
};
