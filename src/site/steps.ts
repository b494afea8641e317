/** Steps of recorded runs, as chapters and other pages point at them. */
import { encodePage } from '../player/link.ts';
import type { Recorded } from './reading.ts';
import { recorded } from './traces.ts';

/** A step by the address that survives a rebuild. */
export interface StepAddress {
  readonly chapter: string;
  readonly scenario: string;
  readonly at: string;
}

/** A step of a run's story. */
export interface StoryStep {
  readonly number: number;
  readonly sentence: string;
}

export interface LinkedStep extends StoryStep {
  readonly href: string;
}

/**
 * The step of the story at an address.
 *
 * @param whose what points at it, for the message
 * @throws {RangeError} when the run never reaches it, with the nearest steps
 */
export function storyStep(
  whose: string,
  { model }: Pick<Recorded, 'model'>,
  { at, scenario }: Omit<StepAddress, 'chapter'>,
): StoryStep {
  const row = model.find(at);
  if (row === undefined) {
    const near = model.nearest(at, 3).map((address) => `"${address}"`);
    throw new RangeError(
      `Cannot find a step of ${whose}: scenario "${scenario}" never reaches "${at}"; nearest are ${near.join(', ')}`,
    );
  }
  const number = model.at('story', row);
  return { number, sentence: model.step('story', number).sentence };
}

/**
 * A step of a recorded run, with a link to it.
 *
 * @throws {RangeError} when the run never reaches it, with the nearest steps
 */
export function linkedStep(step: StepAddress): LinkedStep {
  const { at, chapter, scenario } = step;
  const found = storyStep(chapter, recorded(chapter, scenario), step);
  const wish = { scenario, address: at, level: 'story', view: 'all' } as const;
  return { ...found, href: `/${encodePage(chapter, wish)}` };
}
