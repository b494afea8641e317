/**
 * The usual case: the answer alone, and a message later.
 */
import type { Scenario } from '../../scenario.ts';
import { answer, cast, connect, folded, notes, text } from './served.ts';

export const scenario: Scenario = {
  title: 'A message later',
  summary:
    'The answer comes alone; watch connectToServer return, and another thread deliver what comes afterwards.',
  seed: 1,
  notes,
  cast,
  folded,
  fold: ['call ClientEndpoint.onOpen.onMessage'],
  begin: (sim, ports) =>
    connect(sim, ports, async (server) => {
      await server.write(answer());
      await sim.sleep(100);
      await server.write(text('late'));
    }),
};
