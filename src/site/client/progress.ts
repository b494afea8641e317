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

/** How far somebody got with an exercise. */
export interface Attempted {
  /** The best so far. */
  readonly score: number;
  readonly points: number;
  /** How many of its hints were asked for. */
  readonly hints: number;
}

interface Progress {
  readonly format: typeof format;
  readonly version: typeof version;
  readonly chapters: Readonly<
    Record<string, { readonly scenarios: readonly string[] }>
  >;
  /** By id; absent while none was begun. */
  readonly exercises?: Readonly<Record<string, Attempted>>;
}

const none: Progress = { format, version, chapters: {} };

/**
 * Progress from a text that may come from anywhere.
 *
 * @throws {SyntaxError} when it is not progress of a version this page knows
 */
export function parseProgress(text: string): Progress {
  const { chapters, exercises = {}, ...head } = objectIn(text);
  const isKnown = head['format'] === format && head['version'] === version;
  if (!isKnown || !isObject(chapters) || !isObject(exercises)) {
    throw new SyntaxError(
      `Cannot read progress: wanted format "${format}", version ${String(version)}`,
    );
  }
  return whole(
    Object.fromEntries(Object.entries(chapters).filter(isRead)),
    Object.fromEntries(Object.entries(exercises).filter(isAttempted)),
  );
}

/** What a text holds; nothing when it is no JSON, or no object. */
function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const data: unknown = text.length > longest ? {} : JSON.parse(text);
    return isObject(data) ? data : {};
  } catch {
    return {};
  }
}

const isObject = (data: unknown): data is Readonly<Record<string, unknown>> =>
  typeof data === 'object' && data !== null;

function isRead(
  entry: readonly [string, unknown],
): entry is [string, Progress['chapters'][string]] {
  const [id, one] = entry;
  if (!/^[a-z]+\/\d\d-[a-z0-9-]+$/.test(id) || !isObject(one)) return false;
  const { scenarios } = one;
  return (
    Array.isArray(scenarios) &&
    scenarios.every((name) => typeof name === 'string')
  );
}

function isAttempted(
  entry: readonly [string, unknown],
): entry is [string, Attempted] {
  const [id, one] = entry;
  return (
    /^[a-z]+\/\d\d-[a-z0-9-]+\/[a-z0-9-]+$/.test(id) &&
    isObject(one) &&
    [one['score'], one['points'], one['hints']].every(Number.isInteger)
  );
}

function whole(
  chapters: Progress['chapters'],
  exercises: Readonly<Record<string, Attempted>>,
): Progress {
  const some = Object.keys(exercises).length > 0;
  return { ...none, chapters, ...(some && { exercises }) };
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
  const exercises = { ...one.exercises };
  for (const [id, more] of Object.entries(other.exercises ?? {})) {
    exercises[id] = further(exercises[id] ?? more, more);
  }
  return whole(Object.fromEntries(chapters), exercises);
}

const further = (one: Attempted, other: Attempted): Attempted => ({
  score: Math.max(one.score, other.score),
  points: other.points,
  hints: Math.max(one.hints, other.hints),
});

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

/** Ticks the chapters that were read, and says how far exercises got. */
export function showProgress(): void {
  const { chapters, exercises = {} } = read();
  showExercises(exercises);
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

/** Beside each exercise its points, beside a chapter how many passed. */
function showExercises(exercises: Readonly<Record<string, Attempted>>): void {
  const say = (place: Element, text: string) => {
    const line = place.querySelector('[data-reached]');
    if (line) line.textContent = text;
  };
  for (const section of document.querySelectorAll<HTMLElement>(
    '[data-exercise]',
  )) {
    const own = exercises[section.dataset['exercise'] ?? ''];
    if (!own) continue;
    const { points, score } = own;
    const isPassed = points > 0 && score === points;
    say(
      section,
      isPassed ? 'You passed it.' : `You reached ${String(score)} so far.`,
    );
  }
  for (const item of document.querySelectorAll<HTMLElement>(
    '[data-exercises]',
  )) {
    const chapter = `${item.dataset['chapter'] ?? ''}/`;
    const passed = Object.entries(exercises).filter(
      ([id, { points, score }]) =>
        id.startsWith(chapter) && points > 0 && score === points,
    ).length;
    const all = item.dataset['exercises'] ?? '';
    if (passed > 0) say(item, `, ${String(passed)} of ${all} exercises`);
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
