/**
 * A clock that really waits, for serving on real sockets.
 */
import type { Clock } from '../../runnable/sim/clock.ts';

/** Real time, which never runs backwards while the process lives. */
export function realClock(): Clock {
  return {
    now: () => Math.trunc(performance.timeOrigin + performance.now()),
    after(delay, fire) {
      let pending = true;
      const timer = setTimeout(
        () => {
          pending = false;
          fire();
        },
        Math.max(0, delay),
      );
      return {
        stop() {
          const was = pending;
          pending = false;
          clearTimeout(timer);
          return was;
        },
      };
    },
  };
}
