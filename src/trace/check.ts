/**
 * The check of a story: what a person should look at before accepting it.
 *
 * A placeholder without a value is an error. Shapes and lengths are remarks:
 * sometimes two neighbours should sound alike.
 */
import type { TraceModel } from './model.ts';
import { firstWord, shapeOf, wordCount } from './sentence/shape.ts';

export interface Remark {
  readonly severity: 'error' | 'remark';
  readonly address: string;
  readonly text: string;
}

const fewest = 6;
const most = 22;
/** How many steps a story should have. */
const shortest = 20;
const longest = 50;

/** Everything worth saying about a story, in order. */
export function checkStory(model: TraceModel): Remark[] {
  const remarks: Remark[] = [];
  const count = model.count('story');
  let before = '';
  for (let n = 1; n <= count; n++) {
    const { address, sentence } = model.step('story', n);
    const { missing, source } = model.spoken('story', n);
    for (const name of missing) {
      const text = `Cannot fill "{${name}}" of "${source}"`;
      remarks.push({ severity: 'error', address, text });
    }
    for (const text of comparisons(sentence, before)) {
      remarks.push({ severity: 'remark', address, text });
    }
    before = sentence;
  }
  if (count < shortest || count > longest) {
    const text = `The story has ${String(count)} steps; ${String(shortest)} to ${String(longest)} read best`;
    remarks.push({ severity: 'remark', address: '', text });
  }
  return remarks;
}

function comparisons(sentence: string, before: string): string[] {
  const found: string[] = [];
  if (before !== '' && shapeOf(sentence) === shapeOf(before)) {
    found.push(`Has the shape of its neighbour: "${shapeOf(sentence)}"`);
  } else if (before !== '' && firstWord(sentence) === firstWord(before)) {
    found.push(`Begins with "${firstWord(sentence)}" like its neighbour`);
  }
  const words = wordCount(sentence);
  if (words < fewest || words > most) {
    found.push(
      `Has ${String(words)} words; ${String(fewest)} to ${String(most)} read best`,
    );
  }
  return found;
}
