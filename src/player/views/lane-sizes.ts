/** Sizes of the lanes that can be read: from the back of a room when alone. */
import type { Sizes } from '../draw/lanes.ts';
import type { Size } from './use-size.ts';

export function sizesFor(
  { width, height }: Size,
  count: number,
  alone: boolean,
): Sizes {
  if (isPhone())
    return {
      width,
      row: 37,
      label: 13,
      name: 13.5,
      head: 34,
      gutter: 34,
      lozenges: false,
    };
  const fits = Math.floor((height - 60) / Math.max(1, count));
  const shared = { width, gutter: 46, lozenges: true };
  if (alone && width > 700)
    return {
      ...shared,
      row: Math.max(42, Math.min(52, fits)),
      label: 18,
      name: 19,
      head: 52.25,
    };
  return {
    ...shared,
    row: Math.max(35, Math.min(46, fits)),
    label: 14,
    name: 15,
    head: 41.25,
  };
}

function isPhone(): boolean {
  return typeof innerWidth === 'number' && innerWidth <= 760;
}
