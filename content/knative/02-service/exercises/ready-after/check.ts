/**
 * How long it took: one line for each time a Service turns ready, with the
 * time since it was created.
 */
import { expectSame, fail } from '#exercise';
import type { Call, Check, Run, Write } from '#exercise';
import { sprintf } from '../../../../../runnable/apiserver/sprintf.ts';

interface Line {
  readonly text: string;
  readonly call: Call;
}

/** What the controller logged at level info, about Services that got ready. */
function linesIn(run: Run): Line[] {
  return run
    .calls('SugaredLogger.infof')
    .map((call) => {
      const [format, args] = call.args as [string, unknown[]];
      return { text: sprintf(format, ...args), call };
    })
    .filter(({ text }) => text.includes('became ready'));
}

/** Writes with which a Service turned ready. */
const turnedReady = (run: Run): Write[] =>
  run
    .writes('Service')
    .filter(({ object, before }) => isReady(object) && !isReady(before));

interface Status {
  readonly status?: {
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
    }[];
  };
}

const isReady = (object: unknown): boolean =>
  ((object as Status | undefined)?.status?.conditions ?? []).some(
    ({ type, status }) => type === 'Ready' && status === 'True',
  );

export const checks: readonly Check[] = [
  {
    id: 'says-how-long',
    title: 'The line says how long it took',
    points: 3,
    rule: 'The time runs from the creation of the Service to the write that made it ready, in seconds.',
    async judge({ run }) {
      const own = await run();
      const [line] = linesIn(own);
      const [write] = turnedReady(own);
      const found =
        /^Service "helloworld-go" became ready after (?<time>\d+(\.\d{1,3})?)s$/.exec(
          line?.text ?? '',
        )?.groups?.['time'];
      const late = Number(found) * 1000 - (write?.time ?? 0);
      if (found !== undefined && late >= 0 && late <= 5) return;
      fail({
        expected: 'the line: Service "helloworld-go" became ready after 3.003s',
        seen: line?.text ?? 'no line about it',
        at: own.spot(line?.call ?? write),
      });
    },
  },
  {
    id: 'after-the-write',
    title: 'The line comes after the write',
    points: 2,
    rule: 'A Service is ready when the API server says so: the line follows the write that succeeded.',
    async judge({ run }) {
      const own = await run();
      const [line] = linesIn(own);
      const [write] = turnedReady(own);
      if (
        line !== undefined &&
        write !== undefined &&
        line.call.row > write.row
      )
        return;
      fail({
        expected: 'the line after the write of the status',
        seen: line === undefined ? 'no line about it' : 'the line before it',
        at: own.spot(line?.call ?? write),
      });
    },
  },
  {
    id: 'only-when-it-turns',
    title: 'A Service that stays ready is not news',
    points: 2,
    rule: 'One line for each time that a Service turns ready, and none for writes while it is or is not.',
    async judge({ run }) {
      for (const scenario of ['hello-world', 'update']) {
        const own = await run(scenario);
        const lines = linesIn(own);
        expectSame(lines.length, turnedReady(own).length, {
          what: `the number of lines in scenario "${scenario}"`,
          at: own.spot(lines.at(-1)?.call ?? turnedReady(own)[0]),
        });
      }
    },
  },
];
