/**
 * Marks on the highlighted lines of a file: the current line, how often each
 * line ran, the values under it.
 *
 * The lines are HTML made at build time and may be hundreds; they are marked
 * in place, which is far cheaper than to render them again at every step.
 */

export interface SourceMarks {
  readonly line: number;
  readonly chosen: number | undefined;
  readonly visits: (line: number) => number;
  /** Names and values to show under the current line. */
  readonly values: readonly (readonly [name: string, value: string])[];
}

/** A remark of the file's annotations, as the page gives it. */
export interface Note {
  readonly symbol: string;
  readonly line: number;
  readonly end: number;
  readonly upstream: readonly {
    readonly href: string;
    readonly lines?: readonly [number, number];
  }[];
  readonly omits: readonly string[];
  readonly differs: readonly string[];
}

/** Marks the lines, and keeps the current one in sight. */
export function markLines(body: HTMLElement, marks: SourceMarks): void {
  body.querySelector('.vals')?.remove();
  for (const item of body.querySelectorAll<HTMLElement>('[data-line]')) {
    const line = Number(item.dataset['line']);
    const visits = marks.visits(line);
    set(item, 'data-visits', visits > 0 ? `${String(visits)}×` : undefined);
    set(item, 'aria-current', line === marks.line ? 'step' : undefined);
    item.classList.toggle('chosen', line === marks.chosen);
    if (line !== marks.line) continue;
    if (marks.values.length > 0) item.after(valuesElement(marks.values));
    reveal(body, item);
  }
}

/** Line numbers and indentation, once for a file: long lines hang by two. */
export function indentLines(body: HTMLElement): void {
  for (const code of body.querySelectorAll<HTMLElement>('[data-line] > code')) {
    const text = code.textContent;
    code.style.setProperty(
      '--in',
      String(text.length - text.trimStart().length),
    );
  }
}

/** The annotations of a file. They are data of the page; others are ignored. */
export function notesOf(body: HTMLElement): readonly Note[] {
  try {
    const notes: unknown = JSON.parse(
      body.querySelector<HTMLElement>('[data-notes]')?.dataset['notes'] ?? '[]',
    );
    return Array.isArray(notes) ? (notes as Note[]) : [];
  } catch {
    return [];
  }
}

/** The innermost annotation around a line. */
export function noteAt(notes: readonly Note[], line: number): Note | undefined {
  const around = notes.filter((note) => note.line <= line && line <= note.end);
  return around.sort((a, b) => a.end - a.line - (b.end - b.line))[0];
}

function valuesElement(values: SourceMarks['values']): HTMLElement {
  const list = document.createElement('li');
  list.className = 'vals';
  for (const [name, value] of values) {
    const pair = document.createElement('span');
    const strong = document.createElement('b');
    strong.textContent = value;
    pair.append(`${name} `, strong);
    list.append(pair, ' ');
  }
  return list;
}

function reveal(body: HTMLElement, item: HTMLElement): void {
  const part = body.clientHeight < 150 ? 0.3 : 0.48;
  const top = item.offsetTop - body.offsetTop;
  body.scrollTo({
    top: Math.max(0, top - body.clientHeight * part),
    behavior: 'instant',
  });
}

function set(item: HTMLElement, name: string, value: string | undefined): void {
  if (value === undefined) item.removeAttribute(name);
  else if (item.getAttribute(name) !== value) item.setAttribute(name, value);
}
