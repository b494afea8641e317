/**
 * The rules for what flows and waits: channels, selects, bytes, the clock.
 */
import type { Item } from './items.ts';
import type { Stage, Verdict } from './stage.ts';

/** Channels and selects. */
export function judgeChannel(stage: Stage, item: Item): Verdict {
  if (stage.world.folded(item.row)) return 'around';
  if (item.case === 'block' || item.kind === 'select.block') {
    return judgeWait(stage, item);
  }
  if (!stage.speaks(item) && isTick(stage, item)) return 'around';
  if (item.case === '' && item.kind !== 'select.many' && stage.repeats(item)) {
    return 'around';
  }
  if (stage.speaks(item)) return 'show';
  if (toItself(stage, item)) return 'around';
  switch (item.kind) {
    case 'chan.close':
      return enclosing(stage, item) ?? 'show';
    case 'chan.recv':
      return judgeReceipt(stage, item);
    case 'select.one': {
      const next = stage.after(item);
      const paired = next?.frame === item.frame && next.kind === 'chan.recv';
      return paired && stage.speaks(next) ? { into: next.row } : 'show';
    }
    default: {
      const before = stage.before(item);
      const connects =
        item.kind === 'chan.send' && before?.kind === 'bytes.connect';
      return connects ? { into: before.row } : 'show';
    }
  }
}

/** A timer that fires into a channel, and the one who takes that. */
function isTick(stage: Stage, item: Item): boolean {
  if (item.kind === 'chan.send') return item.task < 0;
  const cause = item.happening?.cause ?? -1;
  return cause >= 0 && stage.world.rows.task(cause) < 0;
}

/** A receiver that was waiting is told of by the send. */
function judgeReceipt(stage: Stage, item: Item): Verdict {
  const before = stage.before(item);
  const selected =
    before?.frame === item.frame &&
    /^select\.(?:one|many)$/u.test(before.kind) &&
    stage.isShown(before.row);
  if (selected) return { into: before.row };
  const cause = item.happening?.cause ?? -1;
  const waited = item.happening?.fields.has('waited') === true;
  const { world } = stage;
  const told = cause >= 0 && !world.folded(cause);
  return waited && told && world.rows.time(cause) === item.time
    ? { into: cause }
    : 'show';
}

/** Whether one task sends and receives at the same moment. */
function toItself(stage: Stage, item: Item): boolean {
  const sends = item.kind === 'chan.send';
  const sent = sends ? item.row : (item.happening?.cause ?? -1);
  const received = stage.taker(sent);
  if (received === undefined || (!sends && stage.isShown(sent))) return false;
  const { rows } = stage.world;
  return (
    rows.task(sent) === rows.task(received) &&
    rows.time(sent) === rows.time(received)
  );
}

/** The step just before, if it tells of what happens within it. */
function enclosing(stage: Stage, item: Item): Verdict | undefined {
  const last = stage.lastShown(item);
  if (last?.time !== item.time) return undefined;
  const sent =
    last.kind === 'chan.send' &&
    last.happening?.subject === item.happening?.subject;
  const within =
    last.kind === 'call' && stage.world.frames.within(item.frame, last.frame);
  return sent || within ? { into: last.row } : undefined;
}

/** A wait shows when it lasts, and is somebody's who is not played. */
export function judgeWait(stage: Stage, item: Item): Verdict {
  const { waits, rows, lanes } = stage.world;
  const wait = waits.at(item.row);
  if (wait === undefined || wait.to < 0) return 'around';
  if (rows.time(wait.to) === item.time || lanes.outside(item.lane)) {
    return 'around';
  }
  if (stage.speaks(item)) return 'show';
  const told = enclosing(stage, item);
  return told ?? (stage.repeats(item) ? 'around' : 'show');
}

/** Bytes written always show; reads of those who are played do not. */
export function judgeBytes(stage: Stage, item: Item): Verdict {
  if (item.kind === 'bytes.block') return judgeWait(stage, item);
  if (item.kind === 'bytes.write') {
    const start = stage.world.writes.start(item.row);
    return start === item.row ? 'show' : { into: start };
  }
  if (item.kind !== 'bytes.read') return 'show';
  const { lanes } = stage.world;
  const lane = lanes.views[item.lane];
  if (lanes.outside(item.lane) && lane?.id !== 'user') {
    const cause = item.happening?.cause ?? -1;
    return cause >= 0 ? { into: cause } : 'around';
  }
  const before = stage.before(item);
  const goesOn =
    before?.kind === 'bytes.read' &&
    before.frame === item.frame &&
    before.time === item.time;
  if (goesOn) return { into: before.row };
  return item.case === 'empty' && stage.repeats(item) ? 'around' : 'show';
}

/** A sleep shows when it says why. */
export function judgeClock(stage: Stage, item: Item): Verdict {
  const { values } = stage.world;
  const why = values.text(item.happening?.fields.get('why')) ?? '';
  const shows = item.kind === 'clock.sleep' && why !== '';
  const hidden = stage.world.folded(item.row);
  return shows && !hidden ? judgeWait(stage, item) : 'around';
}
