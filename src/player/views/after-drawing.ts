/**
 * Does something when all views of a step are drawn, before anyone sees them.
 *
 * To ask an element for its size or to scroll it lays out the page. Views are
 * drawn one by one, and when each asks at its end, each lays it out again.
 */
export function afterDrawing(work: () => void): void {
  // All views that a command changes are drawn in one microtask.
  queueMicrotask(work);
}
