/** Small things that pages do with words. */
import { escapeHtml } from './highlight.ts';

/** A sentence with `code` in backquotes, as HTML. */
export function codeWords(text: string): string {
  return escapeHtml(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}

/** `1 step`, `2 steps`. */
export function count(number: number, noun: string, many = `${noun}s`): string {
  return `${String(number)} ${number === 1 ? noun : many}`;
}
