/**
 * The beats of the page: scrolling past one moves the cursor, pressing its
 * number goes there, and the one the cursor stands at is marked.
 */
import type { Player } from './player.ts';
import type { Beat } from './state.ts';

interface BeatElement {
  readonly element: HTMLElement;
  readonly beat: Beat;
}

/** Beats, and the places where the text puts another run on the stage. */
const marks = '[data-beat-address], [data-stage-scenario]';

/** The beats of the page, in the order of the text. */
export function readBeats(scenario: string): BeatElement[] {
  return [...document.querySelectorAll<HTMLElement>(marks)].map((element) => {
    const { beatAddress = '', beatScenario, stageScenario } = element.dataset;
    return {
      element,
      beat: {
        id: element.id,
        scenario: beatScenario ?? stageScenario ?? scenario,
        address: beatAddress,
      },
    };
  });
}

/** Ties beats and player together, both ways. */
export function followProse(
  player: Player,
  beats: readonly BeatElement[],
): void {
  for (const { element, beat } of beats)
    element
      .querySelector(':scope > button.at')
      ?.addEventListener('click', () => {
        player.send({ type: 'beat', beat });
      });
  watchScrolling(player, beats);
  const mark = (): void => {
    markBeats(player, beats);
  };
  player.watch(mark);
  mark();
}

/**
 * Sends the last beat above the reading line whenever it becomes another one.
 * On a phone the stage covers the lower half, so the line lies higher there.
 */
function watchScrolling(player: Player, beats: readonly BeatElement[]): void {
  const part = matchMedia('(max-width: 760px)').matches ? 0.3 : 0.45;
  let last: Beat | undefined;
  const look = (): void => {
    const line = innerHeight * part;
    const passed = beats.filter(
      ({ element }) => element.getBoundingClientRect().top < line,
    );
    const beat = passed.at(-1)?.beat ?? beats[0]?.beat;
    if (beat && last && beat !== last) player.send({ type: 'prose', beat });
    last = beat;
  };
  const watcher = new IntersectionObserver(look, {
    rootMargin: `0px 0px ${Math.round((part - 1) * 100)}% 0px`,
  });
  for (const { element } of beats) watcher.observe(element);
}

/** Marks the last beat at or before the cursor, and those already reached. */
function markBeats(player: Player, beats: readonly BeatElement[]): void {
  const { scenario, row, n } = player.state;
  const model = player.model;
  let current: HTMLElement | undefined;
  let nearest = -1;
  for (const { element, beat } of beats) {
    if (beat.scenario !== scenario || !model || n === 0 || !beat.address)
      continue;
    const at = model.find(beat.address);
    if (at === undefined) continue;
    element.toggleAttribute('data-reached', at <= row);
    if (at > row || at <= nearest) continue;
    nearest = at;
    current = element;
  }
  // The mark stays where it is: a change of it costs a style of its own.
  for (const { element } of beats)
    if (element !== current) element.removeAttribute('aria-current');
  if (!current?.hasAttribute('aria-current'))
    current?.setAttribute('aria-current', 'step');
}
