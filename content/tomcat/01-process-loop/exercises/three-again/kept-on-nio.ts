/**
 * The three requests of `keep-alive`, byte for byte, on the NIO connector.
 */
import {
  fold,
  get,
} from '../../../../../runnable/scenarios/tomcat/01-process-loop/requests.ts';
import type {
  Run,
  Scenario,
} from '../../../../../runnable/scenarios/scenario.ts';
import {
  Stage,
  castOf,
  foldedFiles,
  readAll,
  send,
} from '../../../../../runnable/scenarios/tomcat/stage.ts';
import type { Sim } from '../../../../../runnable/sim/sim.ts';

export const scenario: Scenario = {
  title: 'Three requests, one connection, on NIO',
  summary:
    'One request, then two in one segment; compare with `keep-alive` who is with the connection between them.',
  seed: 1,
  notes: [
    'cast: client; acceptor; poller; worker-1, worker-2 = threads of the executor',
    'connector: Http11NioProtocol',
    'folded: the beginning and end of tasks',
  ],
  cast: castOf('nio', 2),
  folded: foldedFiles,
  keep: ['call Poller.processKey', 'call AbstractConnectionHandler.process'],
  fold,
  begin: (sim) => begin(sim),
};

function begin(sim: Sim): Run {
  const stage = new Stage(sim, 'nio');
  return {
    view: stage.view(),
    async main() {
      stage.start();
      const client = sim.go('client', async () => {
        const stream = stage.connect();
        await stage.at(10);
        await send(stream, get('/first'));
        await stage.at(1000);
        await send(stream, get('/second') + get('/third', 'close'));
        await readAll(stream);
      });
      await client.done;
      return { states: stage.states };
    },
  };
}
