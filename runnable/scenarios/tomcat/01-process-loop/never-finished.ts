/**
 * A client that begins a request and never ends it, beside one that behaves,
 * with a single thread to serve both: on NIO the second is not kept waiting,
 * and the first is thrown out when its time is up.
 */
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { Stage, castOf, foldedFiles, readAll, send } from '../stage.ts';
import { fold, get } from './requests.ts';

export const scenario: Scenario = {
  title: 'A request that never ends',
  summary:
    'One client stops in the middle of a header; another one is served meanwhile by the only thread there is.',
  seed: 1,
  notes: [
    'cast: client = both clients; acceptor; poller; worker-1 = the only thread of the executor',
    'connector: Http11NioProtocol with maxThreads 1; a connection may be silent for 20 s',
    'folded: reads that find nothing, the beginning and end of tasks',
  ],
  cast: castOf('nio', 1),
  folded: foldedFiles,
  keep: ['call Poller.processKey', 'call AbstractConnectionHandler.process'],
  fold: [...fold, 'bytes.eof client-2'],
  begin: (sim) => begin(sim),
};

function begin(sim: Sim): Run {
  const stage = new Stage(sim, 'nio', { endpoint: { maxThreads: 1 } });
  return {
    view: stage.view(),
    async main() {
      stage.start();
      const client = sim.go('client', async () => {
        const slow = stage.connect(['client-1', 'server-1']);
        await stage.at(10);
        await send(slow, get('/never').slice(0, 30));
        await stage.at(1000);
        const quick = stage.connect(['client-2', 'server-2']);
        await send(quick, get('/quick', 'close'));
        await readAll(quick);
        await readAll(slow);
      });
      await client.done;
      return { states: stage.states };
    },
  };
}
