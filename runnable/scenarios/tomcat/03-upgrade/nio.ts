/**
 * The same conversation as in `bio`, byte for byte, on the NIO connector: no
 * worker stays, and every visit ends in UPGRADED.
 */
import type { Ports } from '../../../ports.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { echoClass } from '../echo-endpoint.ts';
import { foldedFiles, readAll, send } from '../stage.ts';
import {
  castWithEndpoint,
  closeFrame,
  fold,
  hello,
  newWebSocketStage,
  upgradeRequest,
} from '../websocket.ts';

export const scenario: Scenario = {
  title: 'An upgrade on NIO',
  summary:
    'The same bytes on NIO: three workers serve one connection, and each drained read ends in `UPGRADED`.',
  seed: 1,
  notes: [
    'cast: client; acceptor; poller; worker-1, worker-2, worker-3 = threads of the executor; endpoint = EchoEndpoint, the application',
    'connector: Http11NioProtocol',
    "bytes events are named by side and offset in that side's stream: client @157 is the first byte after the request head",
  ],
  cast: castWithEndpoint('nio', 3),
  folded: foldedFiles,
  keep: [
    'call AbstractConnectionHandler.process',
    'call Poller.processKey',
    'call Http11ConnectionHandler.longPoll',
    'log AbstractConnectionHandler',
  ],
  fold: [
    ...fold,
    'bytes.write server @195',
    'bytes.write server @202',
    'bytes.read server @168 empty',
  ],
  begin: (sim, ports) => begin(sim, ports),
};

function begin(sim: Sim, ports: Ports): Run {
  const { stage, machines } = newWebSocketStage(sim, ports, 'nio', echoClass);
  return {
    view: stage.view({ machines }),
    async main() {
      stage.start();
      const client = sim.go('client', async () => {
        const stream = stage.connect();
        await stage.at(10);
        await send(stream, upgradeRequest);
        await stage.at(1000);
        await stream.write(hello);
        await stage.at(2000);
        await stream.write(closeFrame);
        await readAll(stream);
      });
      await client.done;
      await stage.at(2010);
      return { states: stage.states };
    },
  };
}
