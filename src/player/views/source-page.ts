/**
 * One file of the source view, kept as it was when the reader comes back.
 *
 * Its lines are HTML made at build time and may be hundreds; they are marked
 * in place, and only where a mark changed, because to draw them again at every
 * step would cost more than all other views together.
 */
import type { Row, TraceModel } from '../../trace/model.ts';
import { countTo } from '../../trace/index/lists.ts';

export interface SourceMarks {
  readonly row: Row;
  readonly line: number;
  readonly chosen: number | undefined;
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

/** Pages of other files that are kept in the pane. */
const mostPages = 12;

export class SourcePage {
  readonly element = document.createElement('div');
  readonly notes: readonly Note[];
  readonly #items = new Map<number, HTMLElement>();
  /** Rows at which each line ran, for the lines that ever do. */
  readonly #visits: readonly (readonly [
    item: HTMLElement,
    rows: readonly Row[],
  ])[];
  readonly #shown = new Map<HTMLElement, number>();
  #current: HTMLElement | undefined;
  #chosen: HTMLElement | undefined;
  #values: HTMLElement | undefined;

  constructor(html: string, file: string, model: TraceModel) {
    this.element.className = 'c-page';
    this.element.innerHTML = html;
    const visits: [HTMLElement, readonly Row[]][] = [];
    for (const item of this.element.querySelectorAll<HTMLElement>(
      '[data-line]',
    )) {
      const line = Number(item.dataset['line']);
      this.#items.set(line, item);
      indent(item);
      const rows = model.visits(file, line);
      if (rows.length > 0) visits.push([item, rows]);
    }
    this.#visits = visits;
    this.element.setAttribute('role', 'region');
    this.element.setAttribute('aria-label', `Source of ${file}`);
    this.notes = readNotes(this.element);
  }

  /** The text of a line. */
  text(line: number): string {
    return this.#items.get(line)?.textContent ?? '';
  }

  /** The innermost annotation around a line. */
  noteAt(line: number): Note | undefined {
    const around = this.notes.filter(
      (note) => note.line <= line && line <= note.end,
    );
    return around.sort((a, b) => a.end - a.line - (b.end - b.line))[0];
  }

  /** Marks the lines as they are at a row. */
  mark({ row, line, chosen, values }: SourceMarks): void {
    for (const [item, rows] of this.#visits) {
      const count = countTo(rows, row);
      if (this.#shown.get(item) === count) continue;
      this.#shown.set(item, count);
      if (count > 0) item.setAttribute('data-visits', `${count}×`);
      else item.removeAttribute('data-visits');
    }
    this.#current?.removeAttribute('aria-current');
    this.#current = this.#items.get(line);
    this.#current?.setAttribute('aria-current', 'step');
    this.#chosen?.classList.remove('chosen');
    this.#chosen = chosen === undefined ? undefined : this.#items.get(chosen);
    this.#chosen?.classList.add('chosen');
    this.#values?.remove();
    this.#values = values.length > 0 ? valuesElement(values) : undefined;
    if (this.#values) this.#current?.after(this.#values);
  }

  /**
   * Shows this page in the pane, its current line in the middle. The pages of
   * the last few files stay beside it, laid out, so that a call into another
   * file and back costs little.
   */
  showIn(pane: HTMLElement): void {
    const { element } = this;
    if (element.parentNode !== pane) pane.append(element);
    while (pane.childElementCount > mostPages) pane.firstChild?.remove();
    for (const page of pane.children) {
      page.classList.toggle('away', page !== element);
      page.setAttribute('aria-hidden', String(page !== element));
      (page as HTMLElement).tabIndex = page === element ? 0 : -1;
    }
    const item = this.#current;
    const height = element.clientHeight;
    if (!item || height === 0) return;
    element.scrollTop = item.offsetTop - height * (height < 150 ? 0.3 : 0.48);
  }
}

/** Long lines hang by two columns from their own indentation. */
function indent(item: HTMLElement): void {
  const code = item.querySelector<HTMLElement>('code');
  const text = code?.textContent ?? '';
  const columns = text.length - text.trimStart().length;
  if (columns > 0) code?.style.setProperty('--in', String(columns));
}

/** The annotations of a file. They are data of the page; others are ignored. */
function readNotes(element: HTMLElement): readonly Note[] {
  try {
    const data =
      element.querySelector<HTMLElement>('[data-notes]')?.dataset['notes'];
    const notes: unknown = JSON.parse(data ?? '[]');
    return Array.isArray(notes) ? (notes as Note[]) : [];
  } catch {
    return [];
  }
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
