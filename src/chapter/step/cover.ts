/**
 * What covers the views for a while: a prompt, a list, a command to copy. Each
 * takes all keys until it is closed.
 */

export type Cover =
  | { readonly kind: 'search'; readonly text: string }
  | { readonly kind: 'scenarios'; readonly at: number }
  | { readonly kind: 'command' };

/** The cover after a key, or what the reader decided. */
export type Covered =
  | Cover
  | { readonly kind: 'closed' }
  | { readonly kind: 'find'; readonly text: string }
  | { readonly kind: 'choose'; readonly at: number };

const longest = 200;

/** @param count how many scenarios there are to choose from */
export function pressed(cover: Cover, key: string, count: number): Covered {
  switch (cover.kind) {
    case 'search':
      return typed(cover.text, key);
    case 'scenarios':
      return moved(cover.at, key, count - 1);
    case 'command':
      return { kind: 'closed' };
  }
}

function typed(text: string, key: string): Covered {
  if (key === 'Escape') return { kind: 'closed' };
  if (key === 'Enter') return { kind: 'find', text: text.trim() };
  const more = /^.$/u.test(key) && text.length < longest ? key : '';
  const kept = key === 'Backspace' ? text.replace(/.$/u, '') : text;
  return { kind: 'search', text: kept + more };
}

function moved(at: number, key: string, last: number): Covered {
  const to = (wanted: number): Cover => ({
    kind: 'scenarios',
    at: Math.max(0, Math.min(last, wanted)),
  });
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return to(at + 1);
    case 'ArrowUp':
    case 'k':
      return to(at - 1);
    case 'Home':
      return to(0);
    case 'End':
      return to(last);
    case 'Enter':
      return { kind: 'choose', at };
    default:
      return { kind: 'closed' };
  }
}
