/** Keeps the current step of the lanes in sight. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { topOf, type LaneLayout } from '../draw/lanes.ts';
import type { Size } from './use-size.ts';

/** Where the current step comes to stand, as a part of the height. */
const rest = 0.55;

/** Keeps the current step in its place; far jumps and quick steps do not glide. */
export function useFollow(
  body: HTMLElement | null,
  layout: LaneLayout,
  n: number,
  lane: number,
  { width, height }: Size,
): void {
  const last = useRef({ n: 0, at: 0 });
  useLayoutEffect(() => {
    if (!body || n === 0) return;
    const now = performance.now();
    const near =
      Math.abs(n - last.current.n) <= 3 && now - last.current.at > 220;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    last.current = { n, at: now };
    const head = body.firstElementChild?.clientHeight ?? 0;
    const x = layout.xs[lane] ?? 0;
    const seen =
      x > body.scrollLeft + layout.gutter && x < body.scrollLeft + width - 30;
    body.scrollTo({
      top: Math.max(0, topOf(layout, n) - (height - head) * rest),
      left: seen ? body.scrollLeft : x - width / 2,
      behavior: near && !still ? 'smooth' : 'instant',
    });
  }, [body, layout, n, lane, width, height]);
}
