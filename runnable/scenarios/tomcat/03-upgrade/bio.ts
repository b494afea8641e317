/**
 * The article's puzzle: a WebSocket on the BIO connector. The log says
 * UPGRADING, then nothing for as long as the connection lives.
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
  title: 'An upgrade on BIO',
  summary:
    'One worker serves the request, the upgrade and every frame; watch why `UPGRADED` is never logged.',
  seed: 1,
  notes: [
    'cast: client; acceptor; worker-1 = the one thread that serves this connection; endpoint = EchoEndpoint, the application',
    'connector: Http11Protocol (BIO), the default of 7.0.88',
    "bytes events are named by side and offset in that side's stream: client @157 is the first byte after the request head",
  ],
  cast: castWithEndpoint('bio', 1),
  folded: foldedFiles,
  keep: [
    'call AbstractConnectionHandler.process',
    'log AbstractConnectionHandler',
  ],
  fold: [...fold, 'bytes.write server @195', 'bytes.write server @202'],
  begin: (sim, ports) => begin(sim, ports),
};

function begin(sim: Sim, ports: Ports): Run {
  const { stage, machines } = newWebSocketStage(sim, ports, 'bio', echoClass);
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
