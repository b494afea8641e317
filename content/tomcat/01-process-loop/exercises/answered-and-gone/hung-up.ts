/**
 * A servlet starts an asynchronous request and begins to answer at once, but
 * the client has closed its connection by then.
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
  send,
} from '../../../../../runnable/scenarios/tomcat/stage.ts';
import type { Sim } from '../../../../../runnable/sim/sim.ts';
import type {
  HttpServletRequest,
  HttpServletResponse,
  Servlet,
} from '../../../../../runnable/tomcat/catalina/servlet.ts';

export const scenario: Scenario = {
  title: 'Nobody there to be answered',
  summary:
    'The client leaves while its request is served; watch who is told that the connection is over.',
  seed: 1,
  notes: [
    'cast: client; acceptor; worker-1 = the thread that serves this connection; application = the servlet',
    'connector: Http11Protocol (BIO), the default of 7.0.88',
    'folded: the beginning and end of tasks',
  ],
  cast: [
    ...castOf('bio', 1),
    {
      id: 'application',
      noun: 'the application',
      played: true,
      symbols: ['HastyServlet.*'],
    },
  ],
  folded: foldedFiles,
  fold: [...fold, 'call HastyServlet.constructor'],
  begin: (sim) => begin(sim),
};

/** Starts an asynchronous request, and begins the answer all the same. */
class HastyServlet implements Servlet {
  readonly #sim: Sim;

  constructor(sim: Sim) {
    this.#sim = sim;
  }

  /** @story The servlet starts an asynchronous request, and writes a long answer a moment later. */
  async service(
    request: HttpServletRequest,
    response: HttpServletResponse,
  ): Promise<void> {
    request.startAsync();
    await this.#sim.sleep(100);
    await response.print('x'.repeat(20_000));
  }
}

function begin(sim: Sim): Run {
  const stage = new Stage(sim, 'bio', {
    application: { filters: [], servlet: new HastyServlet(sim) },
  });
  return {
    view: stage.view(),
    async main() {
      stage.start();
      const client = sim.go('client', async () => {
        const stream = stage.connect();
        await stage.at(10);
        await send(stream, get('/hasty'));
        stream.close();
      });
      await client.done;
      await stage.at(1000);
      return { states: stage.states };
    },
  };
}
