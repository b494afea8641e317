/**
 * Go's `fmt.Sprintf`, as far as the reconcilers use it.
 *
 * Verbs without a value and values without a verb are reported in the text,
 * as in Go. That matters: some messages of the original pass through a
 * format twice, so that a percent sign in them comes out damaged.
 */

const directive = /%([-+# 0]*)(\d*)(?:\.(\d*))?([^]?)/gu;

/** Formats `args` by `format`; never throws, as in Go. */
export function sprintf(format: string, ...args: readonly unknown[]): string {
  let used = 0;
  const text = format.replace(
    directive,
    (_, flags: string, width: string, precision: string, verb: string) => {
      if (verb === '') return '%!(NOVERB)';
      if (verb === '%') return '%';
      if (used >= args.length) return `%!${verb}(MISSING)`;
      const value = args[used++];
      const shown = byVerb(value, verb, precision);
      const fill = flags.includes('0') && verb === 'd' ? '0' : ' ';
      return flags.includes('-')
        ? shown.padEnd(Number(width))
        : shown.padStart(Number(width), fill);
    },
  );
  if (used >= args.length) return text;
  const extra = args.slice(used).map((arg) => `${goType(arg)}=${plain(arg)}`);
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

/** A Go string literal, as `%q` and `strconv.Quote` print it. */
export function quote(text: string): string {
  const inside = text.replace(/["\\\p{Cc}]/gu, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(2, '0');
    return escapes[character] ?? (code > '7f' ? `\\u00${code}` : `\\x${code}`);
  });
  return `"${inside}"`;
}

function byVerb(value: unknown, verb: string, precision: string): string {
  switch (verb) {
    case 'v':
      return plain(value);
    case 's':
      return plain(value);
    case 'd':
      return typeof value === 'number' ? String(value) : misfit(value, verb);
    case 'q':
      return typeof value === 'number'
        ? misfit(value, verb)
        : quote(plain(value));
    case 't':
      return typeof value === 'boolean' ? String(value) : misfit(value, verb);
    case 'f':
      return typeof value === 'number'
        ? value.toFixed(precision === '' ? 6 : Number(precision))
        : misfit(value, verb);
    default:
      return misfit(value, verb);
  }
}

function misfit(value: unknown, verb: string): string {
  return `%!${verb}(${goType(value)}=${plain(value)})`;
}

function goType(value: unknown): string {
  if (typeof value === 'number') return 'int';
  if (typeof value === 'boolean') return 'bool';
  if (value instanceof Error) return '*errors.errorString';
  return 'string';
}

/** `%v`: an error as its message, a list in brackets, the rest as text. */
function plain(value: unknown): string {
  if (value instanceof Error) return value.message;
  if (Array.isArray(value)) return `[${value.map(plain).join(' ')}]`;
  if (value === undefined || value === null) return '<nil>';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
