/** Which views have something to show, so that no tab opens on nothing. */
import type { TraceModel } from '../trace/model.ts';
import type { View } from './state.ts';

export const viewNames: Readonly<Record<View, string>> = {
  all: 'All',
  lanes: 'Lanes',
  objects: 'Objects',
  states: 'States',
  queues: 'Queues',
  wire: 'Wire',
  source: 'Source',
};

const known = new WeakMap<TraceModel, readonly View[]>();

/** The views of a trace, in the order of their tabs. */
export function viewsOf(model: TraceModel | undefined): readonly View[] {
  if (!model) return ['all', 'lanes'];
  const found = known.get(model) ?? look(model);
  known.set(model, found);
  return found;
}

function look(model: TraceModel): readonly View[] {
  const end = Math.max(0, model.rows - 1);
  const has: Record<View, boolean> = {
    all: true,
    lanes: model.lanes.length > 0,
    objects: model.things(end).length > 0,
    states: model.machines(end).length > 0,
    queues: model.slots(end).length > 0 || model.slots(end >> 1).length > 0,
    wire: model.wires(end).some((side) => side.writes.length > 0),
    source: true,
  };
  return (Object.keys(has) as View[]).filter((view) => has[view]);
}
