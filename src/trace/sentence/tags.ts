/**
 * `@story` lines: what a function says of itself, for whom and when.
 */

export type Form = 'call' | 'returns' | 'throws' | 'on' | 'because' | 'as';

/** `path`, `!path` or `path == literal`. */
export interface Condition {
  readonly path: string;
  readonly negated: boolean;
  /** Absent when the path only has to hold something. */
  readonly literal?: string | number | boolean | undefined;
}

export interface Tag {
  readonly form: Form;
  /** Of `on`: the kind of event, with its case or without. */
  readonly kind: string;
  /** Of `on`: how its subject must begin, such as a machine; '' for any. */
  readonly subject: string;
  readonly when: Condition | undefined;
  /** A sentence, a clause, or the paths of `as`. */
  readonly text: string;
}

const condition =
  /^when\s+(!?)([\w$.#]+)\s*(?:==\s*('[^']*'|"[^"]*"|[^\s:]+)\s*)?:\s*/u;

const forms: readonly (readonly [RegExp, Form])[] = [
  [/^as\s+/u, 'as'],
  [/^returns:\s*/u, 'returns'],
  [/^throws:\s*/u, 'throws'],
  [/^because\s+/u, 'because'],
];

/** Reads one line. */
export function readTag(line: string): Tag {
  const guard = condition.exec(line);
  const rest = line.slice(guard?.[0].length ?? 0);
  const when = guard === null ? undefined : readCondition(guard);
  const on = /^on\s+([\w.]+)(?:\s+([^\s:]+))?:\s*/u.exec(rest);
  if (on !== null) {
    const [head, kind = '', subject = ''] = on;
    return { form: 'on', kind, subject, when, text: rest.slice(head.length) };
  }
  for (const [pattern, form] of forms) {
    const match = pattern.exec(rest);
    if (match === null) continue;
    const text = rest.slice(match[0].length);
    return { form, kind: '', subject: '', when, text };
  }
  return { form: 'call', kind: '', subject: '', when, text: rest };
}

function readCondition(guard: RegExpExecArray): Condition {
  const [, mark = '', path = '', literal] = guard;
  const negated = mark === '!';
  return literal === undefined
    ? { path, negated }
    : { path, negated, literal: readLiteral(literal) };
}

function readLiteral(text: string): string | number | boolean {
  if (/^['"]/u.test(text)) return text.slice(1, -1);
  if (text === 'true' || text === 'false') return text === 'true';
  const number = Number(text);
  return Number.isNaN(number) ? text : number;
}

const read = new Map<string, Tag>();

/** The tags of a function, in order. */
export function tagsOf(lines: readonly string[] = []): readonly Tag[] {
  return lines.map((line) => {
    const known = read.get(line) ?? readTag(line);
    read.set(line, known);
    return known;
  });
}
