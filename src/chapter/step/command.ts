/** The command that comes back to a step. */
import type { Stage } from './stage.ts';

export function commandOf({ setup, state, model }: Stage): string {
  const { scenario, n, level } = state;
  const { name, scenarios, flags } = setup;
  const at = n > 0 ? (model?.step(level, n).address ?? '') : '';
  const all = [
    ...(scenario === scenarios[0]?.id ? [] : [`--scenario ${scenario}`]),
    ...flags,
    ...(level === 'story' ? [] : [`--level ${level}`]),
    ...(at === '' ? [] : [`--at ${quoted(at)}`]),
  ];
  return ['npm run chapter step', quoted(name), '--', ...all].join(' ');
}

/** A word as a shell takes it, in quotes where it needs some. */
export function quoted(text: string): string {
  if (/^[\w./:@%+=-]+$/u.test(text)) return text;
  if (!/["$`\\!]/u.test(text)) return `"${text}"`;
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
