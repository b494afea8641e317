/** An object as lines of text in the manner of YAML, each with its path. */

export interface TextLine {
  /** Dotted, as sentences write it: `status.conditions.Ready.status`. */
  readonly path: string;
  readonly indent: number;
  readonly text: string;
}

/** Lines of a document; keys keep their order. */
export function textLines(value: unknown): TextLine[] {
  const lines: TextLine[] = [];
  write(lines, value, '', 0, '');
  return lines;
}

/** The paths whose line is new or different from the document before. */
export function changedPaths(
  now: readonly TextLine[],
  before: readonly TextLine[],
): Set<string> {
  const old = new Map(before.map((line) => [line.path, line.text]));
  return new Set(
    now
      .filter((line) => old.get(line.path) !== line.text)
      .map((line) => line.path),
  );
}

function write(
  lines: TextLine[],
  value: unknown,
  path: string,
  indent: number,
  head: string,
): void {
  if (value === undefined) return;
  if (typeof value !== 'object' || value === null || isEmpty(value)) {
    lines.push({ path, indent, text: `${head}${scalar(value)}` });
    return;
  }
  const inItem = head.endsWith('- ');
  if (head && !inItem) lines.push({ path, indent, text: head.trimEnd() });
  const deeper = head && !inItem ? indent + 1 : indent;
  if (Array.isArray(value)) {
    value.forEach((item: unknown, i) => {
      write(lines, item, `${path}.${nameOf(item, i)}`, deeper, '- ');
    });
    return;
  }
  Object.entries(value).forEach(([key, one], i) => {
    const below = path ? `${path}.${key}` : key;
    const start = inItem && i === 0 ? '- ' : inItem ? '  ' : '';
    write(lines, one, below, deeper, `${start}${key}: `);
  });
}

/** Items that have a name or a type are known by it, so that order is no change. */
function nameOf(item: unknown, i: number): string {
  if (typeof item !== 'object' || item === null) return String(i);
  const { type, name } = item as { type?: unknown; name?: unknown };
  if (typeof type === 'string') return type;
  return typeof name === 'string' ? name : String(i);
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0;
}

function scalar(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  return /^[\w./-][\w ./:()-]*$/.test(value) &&
    !/^(?:true|false|null|yes|no|[\d.]+)$/i.test(value) &&
    !value.includes(': ')
    ? value
    : JSON.stringify(value);
}
