/**
 * A request that is no HTTP: it is answered, and because nobody knows where
 * the next one would begin, the connection is closed.
 */
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { Stage, castOf, foldedFiles, readAll, send } from '../stage.ts';
import { fold, get } from './requests.ts';

export const scenario: Scenario = {
  title: 'Not a request',
  summary:
    'A space is missing in the request line of a pipelined pair; watch what becomes of the second request.',
  seed: 1,
  notes: [
    'cast: client; acceptor; worker-1 = the thread that serves this connection',
    'connector: Http11Protocol (BIO), the default of 7.0.88',
    'folded: the beginning and end of tasks',
  ],
  cast: castOf('bio', 1),
  folded: foldedFiles,
  fold,
  begin: (sim) => begin(sim),
};

function begin(sim: Sim): Run {
  const stage = new Stage(sim, 'bio');
  return {
    view: stage.view(),
    async main() {
      stage.start();
      const answer = { head: '' };
      const client = sim.go('client', async () => {
        const stream = stage.connect();
        await stage.at(10);
        const malformed = get('/first').replace('GET ', 'GET"');
        await send(stream, malformed + get('/second'));
        const response = await readAll(stream);
        answer.head = response.split('\r\n')[0] ?? '';
      });
      await client.done;
      return { states: stage.states, answer: answer.head };
    },
  };
}
