/** Keeps the current step of the lanes in sight. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { topOf, type LaneLayout } from '../draw/lanes.ts';
import { afterDrawing } from './after-drawing.ts';
import type { Size } from './use-size.ts';

/** Where the current step comes to stand, as a part of the height. */
const rest = 0.55;

/**
 * Keeps the current step in its place; far jumps and quick steps do not glide.
 *
 * Gives the height at which the pane begins, and takes it when the reader
 * scrolls. A new step counts as scrolled to at once, so that what is seen there
 * is drawn with it and not a frame later.
 */
export function useFollow(
  body: HTMLElement | null,
  layout: LaneLayout,
  n: number,
  lane: number,
  { width, height }: Size,
): [top: number, setTop: (top: number) => void] {
  const room = height - layout.head;
  const end = Math.max(0, layout.height - room);
  const goal = Math.min(end, Math.max(0, topOf(layout, n) - room * rest));
  const [seen, setSeen] = useState({ goal, top: goal });
  const last = useRef({ n: 0, at: 0 });
  useLayoutEffect(() => {
    if (!body || n === 0) return;
    const now = performance.now();
    const near =
      Math.abs(n - last.current.n) <= 3 && now - last.current.at > 220;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    last.current = { n, at: now };
    afterDrawing(() => {
      const { scrollLeft } = body;
      const x = layout.xs[lane] ?? 0;
      const shown =
        x > scrollLeft + layout.gutter && x < scrollLeft + width - 30;
      body.scrollTo({
        top: goal,
        left: shown ? scrollLeft : x - width / 2,
        behavior: near && !still ? 'smooth' : 'instant',
      });
    });
  }, [body, layout, n, lane, width, height]);
  const setTop = (top: number) => {
    setSeen({ goal, top });
  };
  return [seen.goal === goal ? seen.top : goal, setTop];
}
