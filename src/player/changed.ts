/**
 * What a step changed, though it took several rows: slots and things that
 * differ from before the step are lit together.
 */
import type { Row, SlotView, ThingView, TraceModel } from '../trace/model.ts';
import { countTo } from '../trace/index/lists.ts';

/** Rows of one step at which things are looked at. */
const most = 400;

/** The slots at `to`, with what those held before `from` that differ. */
export function slotsOver(
  model: TraceModel,
  from: Row,
  to: Row,
): readonly SlotView[] {
  const earlier = model.slots(from - 1);
  return model.slots(to).map((slot) => {
    const old = earlier.find(
      ({ group, name }) => group === slot.group && name === slot.name,
    );
    const before = old?.contents ?? [];
    const same = before.join('\n') === slot.contents.join('\n');
    return same || slot.before ? slot : { ...slot, before };
  });
}

/** The things at `to`; those that changed on the way are as they changed. */
export function thingsOver(
  model: TraceModel,
  from: Row,
  to: Row,
): readonly ThingView[] {
  const last = model.things(to);
  const start = Math.max(from, to - most);
  const changed = new Map<string, ThingView>();
  for (const { id, touched } of last) {
    if (touched) continue;
    const rows = model.changesOf(id);
    const row = rows[countTo(rows, to) - 1];
    if (row === undefined || row < start) continue;
    const then = model.things(row).find((one) => one.id === id);
    if (then) changed.set(id, then);
  }
  return last.map((thing) => changed.get(thing.id) ?? thing);
}
