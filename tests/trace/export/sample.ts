/**
 * A small run with what exporters have to cope with: calls of one task that
 * overlap, a send and its receive, an error, a call that never ends, and texts
 * full of signs that mean something to somebody.
 */
import { openTrace } from '../../../src/trace/open.ts';
import type { TraceModel } from '../../../src/trace/model.ts';
import { TraceBuilder } from '../builder.ts';

export const nasty = 'a; b # c "d" <e> %%{f}%% $$g$$ `h`\n\\i: end';

/** The run; `steps` more of them make it long. */
export function sample(steps = 0): TraceModel {
  const run = new TraceBuilder();
  run.lane('user; "one"', ['main'], { played: true });
  run.lane('user_ "one"', ['worker 1']);
  const tell = { path: 'runnable/ask.ts', story: ['on call: Asks.'] };
  const ask = run.site('Client.ask', { ...tell, params: ['what'] });
  const work = run.site('Worker.work', { params: [], async: true });
  run.task('main').call(ask, [nasty]);
  run.event('task.start', 'worker 1');
  const send = run.event('chan.send', `work/${nasty}`);
  run.at(1500.5).task('worker 1').call(work);
  const first = run.await(12);
  run.task('worker 1').call(work);
  const second = run.await(13);
  first();
  run.event('chan.recv', `work/${nasty}`, { cause: send });
  run.throw(new Error(nasty));
  second();
  run.return(1);
  run.call(work);
  for (let n = 0; n < steps; n++) {
    run.at(2000 + n).event('chan.send', `step/${String(n)}`);
  }
  return openTrace(run.build({ title: nasty }));
}
