/** Scrolls to the object that changed when it is out of sight. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Arrangement } from '../draw/objects.ts';
import { afterDrawing } from './after-drawing.ts';

export function useReveal(
  body: HTMLElement | null,
  plan: Arrangement,
  id: string | undefined,
): void {
  const last = useRef<string | undefined>(undefined);
  useLayoutEffect(() => {
    const box = plan.boxes.find((one) => one.id === id);
    if (!body || !box || last.current === id) return;
    last.current = id;
    afterDrawing(() => {
      const hidden =
        box.y < body.scrollTop ||
        box.y + box.height > body.scrollTop + body.clientHeight;
      if (hidden)
        body.scrollTo({ top: Math.max(0, box.y - 8), behavior: 'instant' });
    });
  }, [body, plan, id]);
}
