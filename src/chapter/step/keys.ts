/** Keys of a terminal under the names that browsers give them. */

/** What `node:readline` tells of a key. */
export interface Keypress {
  readonly name?: string | undefined;
  readonly ctrl?: boolean;
  readonly meta?: boolean;
  readonly shift?: boolean;
}

const names: Readonly<Record<string, string>> = {
  right: 'ArrowRight',
  left: 'ArrowLeft',
  up: 'ArrowUp',
  down: 'ArrowDown',
  pageup: 'PageUp',
  pagedown: 'PageDown',
  home: 'Home',
  end: 'End',
  escape: 'Escape',
  return: 'Enter',
  enter: 'Enter',
  backspace: 'Backspace',
  tab: 'Tab',
};

/** A key's name; undefined for one that means nothing. */
export function keyName(
  text: string | undefined,
  { name = '', ctrl = false, meta = false, shift = false }: Keypress,
): string | undefined {
  if (ctrl) return name === 'c' || name === 'd' ? 'Ctrl+C' : undefined;
  const known = Object.hasOwn(names, name) ? names[name] : undefined;
  if (known === 'Tab' && shift) return 'Shift+Tab';
  if (known !== undefined) return known;
  if (meta || text === undefined) return undefined;
  return /^\P{C}$/u.test(text) ? text : undefined;
}
