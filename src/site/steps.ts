/** Steps of recorded runs, as pages that are no chapter link to them. */
import { encodePage } from '../player/link.ts';
import { recorded } from './traces.ts';

/** A step by the address that survives a rebuild. */
export interface StepAddress {
  readonly chapter: string;
  readonly scenario: string;
  readonly at: string;
}

export interface LinkedStep {
  readonly href: string;
  /** In the run's story. */
  readonly number: number;
  readonly sentence: string;
}

/**
 * Finds a step in the recording of its run.
 *
 * @throws {RangeError} when the run never reaches it, with the nearest steps
 */
export function linkedStep({ chapter, scenario, at }: StepAddress): LinkedStep {
  const { model } = recorded(chapter, scenario);
  const row = model.find(at);
  if (row === undefined) {
    const near = model.nearest(at, 3).map((address) => `"${address}"`);
    throw new RangeError(
      `Cannot link to a step of ${chapter}: scenario "${scenario}" never reaches "${at}"; nearest are ${near.join(', ')}`,
    );
  }
  const number = model.at('story', row);
  const { sentence } = model.step('story', number);
  const wish = { scenario, address: at, level: 'story', view: 'all' } as const;
  return { href: `/${encodePage(chapter, wish)}`, number, sentence };
}
