/** The stepper without a terminal: text that may go to a file or a pipe. */
import { storyText } from '../../trace/story.ts';
import { picture } from './picture.ts';
import type { Stage } from './stage.ts';
import { clean, painted } from './text.ts';

const columns = 100;
const rows = 48;

/** The whole run, a sentence a step. */
export function plainStory({ model, state }: Stage): string {
  if (model === undefined) return '';
  const lines = storyText(model, state.level).trimEnd().split('\n');
  return lines.map(clean).join('\n');
}

/** One step as it would stand on the screen, without head and foot. */
export function plainStep(stage: Stage): string {
  const [head, ...lines] = picture(stage, { columns, rows })
    .slice(0, -1)
    .map((one) => painted(one, false).trimEnd());
  const text = [head?.trim() ?? '', ...lines].join('\n');
  return text.trimEnd().replaceAll(/\n{3,}/gu, '\n\n');
}
