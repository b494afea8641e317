/** Virtual time, where it passes: between two rows, never within one. */
import { useMemo } from 'preact/hooks';
import { topOf, type LaneLayout } from '../draw/lanes.ts';
import type { Scene } from '../draw/scene.ts';
import { timeText } from './time-text.ts';

interface Props {
  readonly layout: LaneLayout;
  readonly scene: Scene;
  /** The cursor's step, and the first that is drawn. */
  readonly n: number;
  readonly from: number;
}

export function LaneTimes({ layout, scene, n, from }: Props) {
  const times = useMemo(() => {
    const texts = scene.times.map(timeText);
    return texts
      .map((text, i) => ({ at: from + i, text, passed: text !== texts[i - 1] }))
      .filter(({ passed }, i) => passed && i > 0);
  }, [scene, from]);
  // At the lamp the clock below says it.
  const shown = times.filter(({ at }) => at !== n && at !== n + 1);
  return (
    <>
      {shown.map(({ at, text }) => (
        <text
          key={at}
          class={at > n ? 'l-time later' : 'l-time'}
          x="4"
          y={topOf(layout, at) + 4}
        >
          {text}
        </text>
      ))}
    </>
  );
}
