/**
 * Links that hold a chapter, a scenario, a step, a level and a view.
 *
 * The chapter is the path of the page, the rest its fragment:
 * `knative/02-service/#run=conflict&at=store.conflict+Service+default%2Fa`.
 * A fragment comes from anybody, so each part is checked, and a part that is
 * wrong is left out. A fragment without `at` or `run` is an ordinary anchor.
 */
import { levels, type Level } from '../trace/model.ts';
import { views, type View } from './state.ts';

/** What a link asks for; absent parts keep what the page shows. */
export interface Wish {
  readonly scenario?: string;
  readonly address?: string;
  readonly level?: Level;
  readonly view?: View;
}

/** The longest fragment that is read at all, in characters. */
const longest = 1000;

/** The fragment for a place in a chapter, `#` included. */
export function encodeLink(wish: Required<Wish>): string {
  const parts = new URLSearchParams();
  parts.set('run', wish.scenario);
  if (wish.address) parts.set('at', wish.address);
  if (wish.level !== 'story') parts.set('level', wish.level);
  if (wish.view !== 'all') parts.set('view', wish.view);
  return `#${parts.toString().replaceAll('%2F', '/').replaceAll('%40', '@')}`;
}

/** The same with the chapter's folder before it, from the site's root. */
export function encodePage(chapter: string, wish: Required<Wish>): string {
  return `${chapter}/${encodeLink(wish)}`;
}

/**
 * What a fragment asks for.
 *
 * @param scenarios those of the chapter; any other is left out
 * @returns undefined when it asks for no step
 */
export function decodeLink(
  fragment: string,
  scenarios: readonly string[],
): Wish | undefined {
  if (fragment.length > longest) return undefined;
  const parts = new URLSearchParams(fragment.replace(/^#/, ''));
  const run = parts.get('run');
  const at = parts.get('at');
  if (run === null && at === null) return undefined;
  const level = levels.find((one) => one === parts.get('level'));
  const view = views.find((one) => one === parts.get('view'));
  return {
    ...(run !== null && scenarios.includes(run) && { scenario: run }),
    ...(at !== null && isAddress(at) && { address: at }),
    ...(level && { level }),
    ...(view && { view }),
  };
}

/** Printable text that begins with a kind. It need not exist. */
function isAddress(text: string): boolean {
  return /^[a-z][\w.]* \P{C}+$/u.test(text) && text.length <= 400;
}
