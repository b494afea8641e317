/** Draws the parts of a new picture one after the other. */
import { useEffect, useState } from 'preact/hooks';

/**
 * How many of `count` parts are drawn: all of a picture that is there from the
 * start; after a wait one more with each task, so that the page stays awake.
 */
export function useTurns(ready: boolean, count: number): number {
  const [turns, setTurns] = useState(ready ? count : 0);
  useEffect(() => {
    if (ready && turns >= count) return undefined;
    if (!ready) {
      setTurns(0);
      return undefined;
    }
    const timer = setTimeout(() => {
      setTurns(turns + 1);
    });
    return () => {
      clearTimeout(timer);
    };
  }, [ready, turns, count]);
  return turns;
}
