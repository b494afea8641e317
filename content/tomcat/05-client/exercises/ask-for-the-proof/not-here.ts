/**
 * A server that has no WebSocket at this path.
 */
import type { Scenario } from '../../../../../runnable/scenarios/scenario.ts';
import {
  cast,
  connect,
  folded,
  notes,
} from '../../../../../runnable/scenarios/tomcat/05-client/served.ts';
import { toLatin1 } from '../../../../../runnable/tomcat/util/buf/bytes.ts';

export const scenario: Scenario = {
  title: 'No WebSocket here',
  summary: 'The server answers 404; watch with which words the caller is told.',
  seed: 1,
  notes,
  cast,
  folded,
  begin: (sim, ports) =>
    connect(sim, ports, (server) =>
      server.write(
        toLatin1('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n'),
      ),
    ),
};
