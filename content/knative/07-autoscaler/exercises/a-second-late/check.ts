/**
 * A second late: when the autoscaler is asked, what it knows then, and when
 * its controller hears of it.
 */
import { expectSame } from '#exercise';
import type { Call, Check, Run } from '#exercise';

/** When something was called, in seconds. */
const seconds = (calls: readonly Call[]): number[] =>
  calls.map(({ time }) => time / 1000);

/** The questions to the autoscaler that came between two ticks. */
const between = (run: Run): Call[] =>
  run.calls('Autoscaler.scale').filter(({ time }) => time % 2000 !== 0);

/** When the controller heard that one pod is wanted. */
const heardOfOne = (run: Run): Call[] =>
  run.calls('hear').filter(({ args }) => args[0] === 1);

export const checks: readonly Check[] = [
  {
    id: 'in-time',
    title: 'The first request is answered with a pod at once',
    points: 3,
    rule: 'Who is asked because of a measurement has to know it, or else the answer is that of before.',
    async judge({ run }) {
      const own = await run();
      expectSame(seconds(heardOfOne(own)), [5.5, 72.5], {
        what: 'the seconds at which the controller hears that a pod is wanted',
        at: own.spot(own.first('chan.send poke') ?? heardOfOne(own)[0]),
      });
    },
  },
  {
    id: 'no-oftener',
    title: 'There is one question for each wake-up',
    points: 3,
    rule: 'The short cut is for a Revision that shall have no pods and a measurement that tells of a request; everything else waits for the tick.',
    async judge({ run }) {
      const own = await run();
      const asked = between(own);
      expectSame(seconds(asked), [5.5, 72.5], {
        what: 'the seconds of the questions between two ticks',
        at: own.spot(
          asked.find(({ time }, at) => time !== [5500, 72_500][at]) ?? asked[0],
        ),
      });
    },
  },
  {
    id: 'each-once',
    title: 'Every measurement is kept, and once',
    points: 2,
    rule: 'A measurement counts in every decision of the next minute, whether or not it led to a question.',
    async judge({ run }) {
      const own = await run();
      const kept = own.calls('Autoscaler.record');
      const came = own.calls('report');
      expectSame(kept.length, came.length, {
        what: 'the number of measurements that the autoscaler keeps',
        at: own.spot(kept.at(-1) ?? came[0]),
      });
    },
  },
];
