/**
 * A server that has read the key, and can prove it.
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
import { getWebSocketAccept } from '../../../../../runnable/tomcat/websocket/server/upgrade-util.ts';

export const scenario: Scenario = {
  title: 'The proof',
  summary:
    'The answer holds the accept value that belongs to the key; the session opens.',
  seed: 1,
  notes,
  cast,
  folded,
  fold: ['call ClientEndpoint.onOpen.onMessage'],
  begin: (sim, ports) =>
    connect(sim, ports, async (server, request) => {
      const found = /^Sec-WebSocket-Key: (?<key>.*)\r$/m.exec(request);
      const accept = getWebSocketAccept(found?.groups?.['key'] ?? '', ports);
      await server.write(answer(`Sec-WebSocket-Accept: ${accept}`));
      await sim.sleep(100);
      await server.write(text('proved'));
    }),
};
