/**
 * A file of the teaching code as a fragment of HTML: one `li` a line, its
 * annotations as data on the list.
 *
 *     <ol class="code" data-file="runnable/…" data-notes="[…]">
 *       <li data-line="1"><code>…</code></li>
 */
import { symbolsOf, withoutTags } from '../source/symbols.ts';
import { linkTo, tagsOf } from '../source/upstream.ts';
import type { Origin } from '../source/upstream.ts';
import { escapeHtml, highlightLines } from './highlight.ts';
import { readProjectFile } from './project.ts';

/** What a doc comment says about the function below it. */
export interface Note {
  /** '' for the whole file. */
  readonly symbol: string;
  /** First and last line of the symbol; of the whole file, 1 and its last. */
  readonly line: number;
  readonly end: number;
  readonly upstream: readonly {
    readonly label: string;
    readonly href: string;
    readonly lines?: readonly [number, number];
    /** Only a piece of the original. */
    readonly part: boolean;
  }[];
  readonly omits: readonly string[];
  readonly differs: readonly string[];
}

/**
 * The annotations of a file, in its order.
 *
 * @throws {RangeError} when a tag names an original that does not exist
 */
export function notesOf(text: string, file: string): Note[] {
  const symbols = symbolsOf(text, file);
  const last = text.split('\n').length;
  return tagsOf(text, file).map(({ symbol, origins, omits, differs }) => {
    const place = symbols.find(({ name }) => name === symbol);
    return {
      symbol,
      line: place?.line ?? 1,
      end: place?.end ?? last,
      upstream: origins.flatMap((origin) => originalsOf(origin, file)),
      omits: omits.map((remark) => remark.text),
      differs: differs.map((remark) => remark.text),
    };
  });
}

function originalsOf(origin: Origin, file: string): Note['upstream'] {
  try {
    const { label, places } = linkTo(origin);
    return places.map((one) => ({ label, ...one, part: origin.part }));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new RangeError(`${file}:${String(origin.line)}: ${why}`, {
      cause: error,
    });
  }
}

/**
 * The fragment for one file of the project.
 *
 * @param anchors whether each line gets an id, `L1` and on, to link to
 */
export async function sourceFragment(
  file: string,
  anchors = false,
): Promise<string> {
  const { notes, lines } = await preparedFile(file);
  const data = escapeHtml(JSON.stringify(notes));
  const items = lines.map((line, index) => {
    const n = String(index + 1);
    const id = anchors ? ` id="L${n}"` : '';
    return `<li data-line="${n}"${id}><code>${line}</code></li>`;
  });
  return `<ol class="code" data-file="${escapeHtml(file)}" data-notes="${data}">${items.join('')}</ol>\n`;
}

/** A file's annotations and highlighted lines. */
export interface PreparedFile {
  readonly notes: readonly Note[];
  readonly lines: readonly string[];
}

/** The text that notes and lines were made from, by file. */
const made = new Map<string, PreparedFile & { readonly text: string }>();

/** What the pages of a file need; most files are on two. */
export async function preparedFile(file: string): Promise<PreparedFile> {
  const text = readProjectFile(file);
  const had = made.get(file);
  if (had?.text === text) return had;
  const notes = notesOf(text, file);
  const lines = await highlightLines(withoutTags(text).trimEnd());
  made.set(file, { text, notes, lines });
  return { notes, lines };
}
