/**
 * A servlet that returns before it has answered: no thread is with the
 * connection until somebody completes the request.
 */
import type { Sim } from '../../../sim/sim.ts';
import type { AsyncContext } from '../../../tomcat/catalina/async-context.ts';
import type {
  HttpServletRequest,
  HttpServletResponse,
  Servlet,
} from '../../../tomcat/catalina/servlet.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { Stage, castOf, foldedFiles, readAll, send } from '../stage.ts';
import { fold, get } from './requests.ts';

export const scenario: Scenario = {
  title: 'Answered later, by somebody else',
  summary:
    'A servlet starts an asynchronous request and returns; watch LONG set the connection aside, and ASYNC_END turn the loop twice.',
  seed: 1,
  notes: [
    'cast: client; acceptor; worker-1, worker-2 = threads of the executor; application = the servlet, and the task that answers for it after 500 ms',
    'connector: Http11Protocol (BIO), the default of 7.0.88',
    'folded: the beginning and end of tasks',
  ],
  cast: [
    ...castOf('bio', 2),
    {
      id: 'application',
      noun: 'the application',
      played: true,
      tasks: ['application'],
      symbols: ['LateServlet.*'],
    },
  ],
  folded: foldedFiles,
  fold: [...fold, 'call LateServlet.constructor'],
  begin: (sim) => begin(sim),
};

/** Answers after half a second, from another task. */
class LateServlet implements Servlet {
  readonly #sim: Sim;

  constructor(sim: Sim) {
    this.#sim = sim;
  }

  /** @story The servlet starts an asynchronous request and returns; the response is not complete. */
  service(
    request: HttpServletRequest,
    response: HttpServletResponse,
  ): Promise<void> {
    const context = request.startAsync();
    this.#sim.go('application', () => this.answer(context, response));
    return Promise.resolve();
  }

  /** @story returns: Half a second later the application completes the request from a task of its own. */
  async answer(
    context: AsyncContext,
    response: HttpServletResponse,
  ): Promise<void> {
    await this.#sim.sleep(500);
    response.setContentType('text/plain');
    await response.print('late');
    context.complete();
  }
}

function begin(sim: Sim): Run {
  const stage = new Stage(sim, 'bio', {
    application: { filters: [], servlet: new LateServlet(sim) },
  });
  return {
    view: stage.view(),
    async main() {
      stage.start();
      const client = sim.go('client', async () => {
        const stream = stage.connect();
        await stage.at(10);
        await send(stream, get('/late', 'close'));
        await readAll(stream);
      });
      await client.done;
      return { states: stage.states };
    },
  };
}
