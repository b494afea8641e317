/**
 * What the reader has read, kept in this browser only, in the form that the
 * terminal keeps in `workbook/progress.json`.
 *
 * A chapter's run counts as seen when its end comes into view. The list of
 * chapters shows a tick, and takes progress in and out as a file.
 */

const key = 'progress';
const format = 'inside-the-loop/progress';
const version = 1;
const longest = 100_000;

interface Progress {
  readonly format: typeof format;
  readonly version: typeof version;
  readonly chapters: Readonly<
    Record<string, { readonly scenarios: readonly string[] }>
  >;
}

const none: Progress = { format, version, chapters: {} };

/**
 * Progress from a text that may come from anywhere.
 *
 * @throws {SyntaxError} when it is not progress of a version this page knows
 */
export function parseProgress(text: string): Progress {
  const data: unknown = text.length > longest ? {} : JSON.parse(text);
  const { chapters, ...head } = data as Partial<Progress>;
  if (head.format !== format || head.version !== version || !chapters) {
    throw new SyntaxError(
      `Cannot read progress: wanted format "${format}", version ${String(version)}`,
    );
  }
  const known = Object.entries(chapters).filter(
    ([id, { scenarios }]) =>
      /^[a-z]+\/\d\d-[a-z0-9-]+$/.test(id) &&
      Array.isArray(scenarios) &&
      scenarios.every((name) => typeof name === 'string'),
  );
  return { ...none, chapters: Object.fromEntries(known) };
}

/** Both together; nothing that one of them has is lost. */
export function joined(one: Progress, other: Progress): Progress {
  const ids = [...Object.keys(one.chapters), ...Object.keys(other.chapters)];
  const chapters = [...new Set(ids)].map((id) => {
    const names = [one, other].flatMap(
      (each) => each.chapters[id]?.scenarios ?? [],
    );
    return [id, { scenarios: [...new Set(names)] }] as const;
  });
  return { ...none, chapters: Object.fromEntries(chapters) };
}

function read(): Progress {
  try {
    return parseProgress(localStorage.getItem(key) ?? '');
  } catch {
    return none;
  }
}

function write(progress: Progress): void {
  try {
    localStorage.setItem(key, JSON.stringify(progress));
  } catch {
    // Storage is closed to this page; nothing is remembered.
  }
}

/** Notes a chapter's runs when the reader reaches its end. */
export function noteReading(): void {
  const end = document.querySelector<HTMLElement>('[data-chapter-end]');
  const id = end?.dataset['chapterEnd'];
  if (!end || id === undefined) return;
  const cues = document.querySelectorAll<HTMLElement>('[data-stage-scenario]');
  const scenarios = [...cues].map((cue) => cue.dataset['stageScenario'] ?? '');
  const watcher = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    write(joined(read(), { ...none, chapters: { [id]: { scenarios } } }));
    watcher.disconnect();
  });
  watcher.observe(end);
}

/** Ticks the chapters that were read, wherever they are listed. */
export function showProgress(): void {
  const { chapters } = read();
  for (const item of document.querySelectorAll<HTMLElement>('[data-chapter]')) {
    const isRead = (item.dataset['chapter'] ?? '') in chapters;
    item.classList.toggle('read', isRead);
    item.querySelector('.tick')?.remove();
    if (!isRead) continue;
    const tick = document.createElement('span');
    tick.className = 'tick';
    tick.innerHTML =
      '<span aria-hidden="true">✓</span><span class="vh">read</span>';
    item.querySelector('a')?.append(' ', tick);
  }
}

/** The buttons that save progress as a file and take it from one. */
export function startExchange(): void {
  const box = document.querySelector<HTMLElement>('[data-progress]');
  const status = box?.querySelector('[role=status]');
  const input = box?.querySelector('input');
  if (!box || !status || !input) return;
  box.hidden = false;
  box.querySelector('[data-save]')?.addEventListener('click', () => {
    const link = document.createElement('a');
    const text = `${JSON.stringify(read(), null, 2)}\n`;
    link.href = URL.createObjectURL(
      new Blob([text], { type: 'application/json' }),
    );
    link.download = 'progress.json';
    link.click();
    URL.revokeObjectURL(link.href);
  });
  box.querySelector('[data-load]')?.addEventListener('click', () => {
    input.click();
  });
  input.addEventListener('change', () => void take(input, status));
}

async function take(input: HTMLInputElement, status: Element): Promise<void> {
  const file = input.files?.[0];
  if (file === undefined) return;
  try {
    write(joined(read(), parseProgress(await file.text())));
    showProgress();
    status.textContent = `Added the progress of ${file.name}.`;
  } catch (error) {
    status.textContent = error instanceof Error ? error.message : String(error);
  }
  input.value = '';
}
