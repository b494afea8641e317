/**
 * Which views stand together under "All", and where.
 *
 * Lanes always stand left. A run that is all about bytes shows its states and
 * the wire; every run with objects shows them and the source, queues at the
 * foot of the lanes.
 * The rest is one tab away. Narrow screens show fewer of these by style alone.
 */
import type { View } from './state.ts';

export type Place = 'left' | 'foot' | 'top' | 'main';
export type Pane = Exclude<View, 'all'>;

/** Panes of "All" by place; at most four. */
export function planOf(has: readonly View[]): ReadonlyMap<Pane, Place> {
  const free = new Set(has);
  const plan = new Map<Pane, Place>();
  const put = (place: Place, ...wishes: readonly Pane[]): void => {
    const pane = wishes.find((wish) => free.delete(wish));
    if (pane) plan.set(pane, place);
  };
  put('left', 'lanes');
  if (has.includes('wire') && !has.includes('objects')) {
    put('top', 'states', 'queues');
    put('main', 'wire');
    return plan;
  }
  put('top', 'objects', 'states', 'queues');
  put('main', 'source');
  put('foot', 'queues', 'states');
  return plan;
}
