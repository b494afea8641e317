/**
 * The step that a reader looks for: an address, or words of a step.
 */
import type { State } from '../../player/state.ts';
import type { Step, TraceModel } from '../../trace/model.ts';
import { clean } from './text.ts';

/** The number of the next step that fits, or what to say when none does. */
export function searched(
  model: TraceModel,
  { level, n, row }: State,
  wanted: string,
  way: 1 | -1,
): number | string {
  const address = model.find(wanted, level);
  if (address !== undefined && address !== row) return model.at(level, address);
  const count = model.count(level);
  const words = wanted.toLowerCase();
  for (let hop = 1; hop <= count; hop++) {
    const at = ((n - 1 + way * hop + count * 2) % count) + 1;
    if (fits(model.step(level, at), words)) return at;
  }
  const [near] = model.nearest(wanted, 1);
  const hint = near === undefined ? '' : `; the nearest address is “${near}”`;
  return `No step has “${clean(wanted)}”${hint}`;
}

const fits = ({ address, sentence }: Step, words: string): boolean =>
  address.toLowerCase().includes(words) ||
  sentence.toLowerCase().includes(words);
