/**
 * Three requests on one connection of the BIO connector, the last two sent at
 * once: one worker stays where bytes are, and comes back where none are.
 */
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { Stage, castOf, foldedFiles, readAll, send } from '../stage.ts';
import { fold, get } from './requests.ts';

export const scenario: Scenario = {
  title: 'Three requests, one connection',
  summary:
    'One request, then two in one segment; watch how often `process` is called, and when a processor is given back.',
  seed: 1,
  notes: [
    'cast: client; acceptor; worker-1 and the others = threads of the executor, one for each visit',
    'connector: Http11Protocol (BIO), the default of 7.0.88; the first ten visits each make a thread',
    'folded: reads that find nothing, the beginning and end of tasks',
  ],
  cast: castOf('bio', 4),
  folded: foldedFiles,
  keep: ['call AbstractConnectionHandler.process'],
  fold,
  begin: (sim) => begin(sim),
};

function begin(sim: Sim): Run {
  const stage = new Stage(sim, 'bio');
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
