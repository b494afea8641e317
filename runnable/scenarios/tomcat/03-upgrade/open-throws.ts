/**
 * An endpoint whose `onOpen` fails: the 101 is out, so no status can tell the
 * client, and since it extends `Endpoint`, no close frame does either.
 */
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import { IllegalStateException } from '../../../tomcat/java/exceptions.ts';
import { Endpoint } from '../../../tomcat/websocket/javax.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { foldedFiles, readAll, send } from '../stage.ts';
import {
  castWithEndpoint,
  fold,
  newWebSocketStage,
  upgradeRequest,
} from '../websocket.ts';

export const scenario: Scenario = {
  title: 'An endpoint that fails to open',
  summary:
    'The handshake has succeeded when `onOpen` throws; watch what the client learns, and who is never told.',
  seed: 1,
  notes: [
    'cast: client; acceptor; worker-1 = the one thread that serves this connection; endpoint = EchoEndpoint, the application, here a subclass of Endpoint',
    'connector: Http11Protocol (BIO), the default of 7.0.88',
  ],
  cast: castWithEndpoint('bio', 1),
  folded: foldedFiles,
  keep: ['log AbstractConnectionHandler'],
  fold,
  begin: (sim, ports) => begin(sim, ports),
};

/** Fails as soon as it is told of a session. */
class EchoEndpoint extends Endpoint {
  /**
   * @story throws: `onOpen` fails after the 101 has been sent: no error of HTTP can follow it any more.
   */
  override async onOpen(): Promise<void> {
    await Promise.resolve();
    throw new IllegalStateException('no room for another session');
  }
}

function begin(sim: Sim, ports: Ports): Run {
  const { stage, machines } = newWebSocketStage(sim, ports, 'bio', {
    type: 'Endpoint',
    name: 'class EchoEndpoint',
    newInstance: () => new EchoEndpoint(),
  });
  return {
    view: stage.view({ machines }),
    async main() {
      stage.start();
      const client = sim.go('client', async () => {
        const stream = stage.connect();
        await stage.at(10);
        await send(stream, upgradeRequest);
        await readAll(stream);
      });
      await client.done;
      await stage.at(20);
      return { states: stage.states };
    },
  };
}
