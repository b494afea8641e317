/**
 * A request that comes in three pieces, on the NIO connector: three workers,
 * one processor, and no thread that waits.
 */
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { Stage, castOf, foldedFiles, readAll, send } from '../stage.ts';
import { fold, get } from './requests.ts';

export const scenario: Scenario = {
  title: 'A head in three pieces',
  summary:
    'The request line is cut, then a header; watch LONG keep the half-read processor, and the poller bring the rest.',
  seed: 1,
  notes: [
    'cast: client; acceptor; poller; worker-1, worker-2, worker-3 = threads of the executor',
    'connector: Http11NioProtocol',
    'folded: reads that find nothing, the beginning and end of tasks',
  ],
  cast: castOf('nio', 3),
  folded: foldedFiles,
  keep: ['call Poller.processKey', 'call AbstractConnectionHandler.process'],
  fold,
  begin: (sim) => begin(sim),
};

function begin(sim: Sim): Run {
  const stage = new Stage(sim, 'nio');
  const request = get('/slow', 'close');
  return {
    view: stage.view(),
    async main() {
      stage.start();
      const client = sim.go('client', async () => {
        const stream = stage.connect();
        await stage.at(10);
        await send(stream, request.slice(0, 7));
        await stage.at(1000);
        await send(stream, request.slice(7, 30));
        await stage.at(2000);
        await send(stream, request.slice(30));
        await readAll(stream);
      });
      await client.done;
      return { states: stage.states };
    },
  };
}
