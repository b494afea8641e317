/**
 * The rules by which steps fold: each judges one kind of item.
 *
 * Reads never show. A delivery folds into the add it causes, and an add into
 * the `get` that takes it at once. The first run of a key is told in full,
 * later ones by their writes and by what they have not said yet, idle ones by
 * their end. What a step reports folds into it. Conflicts, errors, drops, ends
 * of told tasks, waits that last, new states and written bytes always show.
 */
import type { Row } from '../model.ts';
import { judgeBytes, judgeChannel, judgeClock } from './flow.ts';
import type { Item } from './items.ts';
import type { Stage, Verdict } from './stage.ts';

/** How long after a step a report may still be part of it. */
export const reportWithinMs = 10;

export class Rules {
  readonly #stage: Stage;
  #logged = false;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  judge(item: Item): Verdict {
    const [family = ''] = item.kind.split('.');
    switch (family) {
      case 'store':
        return this.#store(item);
      case 'watch':
        return this.#delivery(item);
      case 'queue':
        return this.#queue(item);
      case 'chan':
      case 'select':
        return judgeChannel(this.#stage, item);
      case 'bytes':
        return judgeBytes(this.#stage, item);
      case 'clock':
        return judgeClock(this.#stage, item);
      case 'task':
        return this.#task(item);
      case 'event':
        return this.#reports(item) ? 'around' : 'show';
      case 'log':
        return this.#log(item);
      case 'state':
        return this.#state(item);
      case 'change':
        return 'show';
      default:
        return this.#decision(item);
    }
  }

  /** Reads never show, except a user's own. */
  #store(item: Item): Verdict {
    if (item.case === 'unchanged') {
      return this.#stage.repeats(item) ? 'around' : 'show';
    }
    if (item.kind !== 'store.get' && item.kind !== 'store.list') return 'show';
    const lane = this.#stage.world.lanes.views[item.lane];
    return lane?.id === 'user' && !this.#stage.repeats(item)
      ? 'show'
      : 'around';
  }

  /** A delivery folds into the add it causes; silence is worth a word. */
  #delivery(item: Item): Verdict {
    let next = this.#stage.after(item);
    while (next?.time === item.time && next.kind !== 'watch.deliver') {
      if (next.kind === 'queue.add') return { into: next.row };
      next = this.#stage.after(next);
    }
    const written = (item.happening?.cause ?? -1) >= 0;
    const { world, curtain } = this.#stage;
    const heard = world.queues.length > 0 && item.row > curtain;
    return written && heard ? 'show' : 'around';
  }

  #queue(item: Item): Verdict {
    const run = Number(item.happening?.facts['run'] ?? 1);
    switch (item.kind) {
      case 'queue.add':
        return this.#add(item);
      case 'queue.get':
        return run === 1 ? 'show' : 'around';
      case 'queue.done': {
        const idle = item.case === 'idle' || item.case === 'echo';
        const first = run === 1 && item.case !== 'failed';
        return first || idle ? 'show' : 'around';
      }
      default:
        return 'show';
    }
  }

  /** An add that is taken at once, or that changes nothing, is no step. */
  #add(item: Item): Verdict {
    const key = item.happening?.facts['key'];
    if (item.case === 'dirty' || item.case === 'known') {
      const turn = this.#stage.world.queues
        .flatMap(({ turns }) => turns)
        .find((one) => {
          return one.key === key && one.from < item.row && item.row < one.to;
        });
      return turn === undefined ? 'around' : { into: turn.to };
    }
    const get: Row | undefined = this.#stage.taker(item.row);
    if (get === undefined) return 'show';
    const atOnce = this.#stage.world.rows.time(get) === item.time;
    return atOnce ? { into: get } : 'show';
  }

  /** Tasks of the set-up, and of those who are played, are backstage. */
  #task(item: Item): Verdict {
    if (item.kind === 'task.die') return 'show';
    const other = this.#stage.otherEnd(item);
    if (item.kind === 'task.end') {
      if (other === undefined || !this.#stage.isShown(other.row)) {
        return 'around';
      }
      return other.time === item.time ? { into: other.row } : 'show';
    }
    // A task that begins and ends at once, again and again, is a poll.
    const poll = other?.kind === 'task.end' && other.time === item.time;
    if (poll && this.#stage.repeats(item)) return 'around';
    const { frames, trace } = this.#stage.world;
    const { file } = frames.site(item.frame);
    const path = trace.files[file]?.path ?? '';
    const staged = file < 0 || path.startsWith('runnable/scenarios/');
    return staged || item.row < this.#stage.curtain ? 'around' : 'show';
  }

  /** Whether an event can be told with a step of the same run. */
  #reports(item: Item): boolean {
    const turn = this.#stage.turn(item);
    const last = this.#stage.lastShown(item);
    if (last === undefined || last.kind === 'queue.get') return false;
    if (turn !== undefined) return last.row >= turn.from;
    const { frames, rows } = this.#stage.world;
    const end = last.kind === 'call' ? frames.end(last.frame) : -1;
    const until = end >= 0 && end < item.row ? rows.time(end) : last.time;
    return item.time - until <= reportWithinMs;
  }

  /** The first line of a log stays; the others report what is told. */
  #log(item: Item): Verdict {
    if (this.#logged || item.row < this.#stage.curtain) return 'around';
    this.#logged = true;
    return 'show';
  }

  /** States that follow one another in one frame are one way. */
  #state(item: Item): Verdict {
    const start = this.#stage.world.machines.chainStart(item.row);
    return start === item.row ? 'show' : { into: start };
  }

  /** A function's own words; not twice in a row, nor again in a later run. */
  #decision(item: Item): Verdict {
    if (item.kind === 'throw') return 'show';
    const turn = this.#stage.turn(item);
    if (turn !== undefined && turn.run > 1) {
      if (turn.ending === 'echo') return { into: turn.to };
      if (this.#stage.wasSaid(item)) return 'around';
    }
    return this.#stage.repeats(item) ? 'around' : 'show';
  }
}
