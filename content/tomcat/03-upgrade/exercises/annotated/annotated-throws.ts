/**
 * The endpoint of `open-throws` once more, as an annotated class.
 */
import type { Ports } from '../../../../../runnable/ports.ts';
import type {
  Run,
  Scenario,
} from '../../../../../runnable/scenarios/scenario.ts';
import { EchoEndpoint as Echo } from '../../../../../runnable/scenarios/tomcat/echo-endpoint.ts';
import {
  foldedFiles,
  readAll,
  send,
} from '../../../../../runnable/scenarios/tomcat/stage.ts';
import {
  castWithEndpoint,
  closeFrame,
  fold,
  newWebSocketStage,
  upgradeRequest,
} from '../../../../../runnable/scenarios/tomcat/websocket.ts';
import type { Sim } from '../../../../../runnable/sim/sim.ts';
import { IllegalStateException } from '../../../../../runnable/tomcat/java/exceptions.ts';

export const scenario: Scenario = {
  title: 'An annotated endpoint that fails to open',
  summary:
    'The same fault as in `open-throws`, in an annotated class; compare what the client learns and who is told.',
  seed: 1,
  notes: [
    'cast: client; acceptor; worker-1 = the one thread that serves this connection; endpoint = EchoEndpoint, the application, an annotated class',
    'connector: Http11Protocol (BIO), the default of 7.0.88',
  ],
  cast: castWithEndpoint('bio', 1),
  folded: foldedFiles,
  keep: ['log AbstractConnectionHandler'],
  fold: [...fold, 'call EchoEndpoint.constructor'],
  begin: (sim, ports) => begin(sim, ports),
};

/** Fails as soon as it is told of a session. */
class EchoEndpoint extends Echo {
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
    type: 'POJO',
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
        await stage.at(1000);
        await stream.write(closeFrame);
        await readAll(stream);
      });
      await client.done;
      await stage.at(1010);
      return { states: stage.states };
    },
  };
}
