/**
 * Go's `fmt.Sprintf`, as far as upstream's messages need it.
 *
 * `%v %s %d %q %t %x %f %T %+v %%`, with a width, a precision and the flags
 * `0` and `-`. What Go prints for a wrong call is printed here too, for a
 * missing argument shows in upstream's own logs.
 */

const verb = /%([-+# 0]*)(\d+)?(?:\.(\d*))?([^]?)/gu;

/** Puts `args` into the places of `format`. */
export function sprintf(format: string, ...args: readonly unknown[]): string {
  let next = 0;
  const text = format.replaceAll(
    verb,
    (
      _: string,
      flags: string,
      width: string | undefined,
      precision: string | undefined,
      letter: string,
    ) => {
      if (letter === '') return '%!(NOVERB)';
      if (letter === '%') return '%';
      if (next >= args.length) return `%!${letter}(MISSING)`;
      const shown = show(letter, args[next++], precision);
      return pad(shown, flags, Number(width ?? 0));
    },
  );
  if (next >= args.length) return text;
  const extra = args.slice(next).map((arg) => `${typeOf(arg)}=${plain(arg)}`);
  return `${text}%!(EXTRA ${extra.join(', ')})`;
}

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

/** A string as Go writes it in double quotes. */
export function quote(text: string): string {
  const inside = text.replace(/["\\\p{Cc}]/gu, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(2, '0');
    const short = escapes[character];
    return short ?? (code > '7f' ? `\\u00${code}` : `\\x${code}`);
  });
  return `"${inside}"`;
}

function show(
  letter: string,
  value: unknown,
  precision: string | undefined,
): string {
  switch (letter) {
    case 'q':
      return Array.isArray(value)
        ? `[${value.map((item) => quote(plain(item))).join(' ')}]`
        : quote(plain(value));
    case 'x':
      return typeof value === 'number' ? value.toString(16) : plain(value);
    case 'f':
      return Number(value).toFixed(Number(precision ?? 6));
    case 'T':
      return typeOf(value);
    default:
      return plain(value);
  }
}

/** A value as `%v` shows it. */
function plain(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  if (typeof value !== 'object' || value === null) return '<nil>';
  if (value instanceof Error) return value.message;
  if (Array.isArray(value)) return `[${value.map(plain).join(' ')}]`;
  const entries = Object.entries(value)
    .map(([key, inner]) => `${key}:${plain(inner)}`)
    .sort();
  return `map[${entries.join(' ')}]`;
}

function typeOf(value: unknown): string {
  if (value === undefined || value === null) return '<nil>';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') {
    return Number.isInteger(value) ? 'int' : 'float64';
  }
  return typeof value === 'string' ? 'string' : 'interface {}';
}

function pad(text: string, flags: string, width: number): string {
  if (flags.includes('-')) return text.padEnd(width);
  return text.padStart(width, flags.includes('0') ? '0' : ' ');
}
