/**
 * The server of `broken-rule` answers the goodbye, and closes its connection.
 */
import type { Scenario } from '../../../../../runnable/scenarios/scenario.ts';
import {
  answer,
  cast,
  connect,
  folded,
  notes,
  text,
} from '../../../../../runnable/scenarios/tomcat/05-client/served.ts';

export const scenario: Scenario = {
  title: 'A goodbye that nobody hears',
  summary:
    'After a broken rule the server says goodbye as it should, and closes; watch what the client makes of it.',
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
      await server.read(8192);
      await server.write(Uint8Array.of(0x88, 0x02, 0x03, 0xea));
      await sim.sleep(100);
      server.close();
    }),
};
