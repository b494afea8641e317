/**
 * An observer that keeps what it is told as lines of text.
 */
import type { Observer, SimEvent } from '../../runnable/sim/event.ts';

export interface Log extends Observer {
  readonly events: SimEvent[];
  /** `kind subject`, for comparisons. */
  readonly lines: string[];
}

/** An empty log. Places are not told apart. */
export function newLog(): Log {
  const events: SimEvent[] = [];
  const lines: string[] = [];
  const place = {};
  return {
    events,
    lines,
    place: () => place,
    describe: () => 'somewhere.ts:1',
    spawn: (_name, body) => body(),
    emit(event) {
      lines.push(`${event.kind} ${event.subject}`.trim());
      return events.push(event) - 1;
    },
  };
}
