/**
 * The code that `<Source of="…">` shows: found by symbol among the files that
 * the chapter's runs pass, then in its part, then anywhere in `runnable/`.
 */
import { didYouMean } from '../source/nearest.ts';
import { excerptOf, symbolsOf } from '../source/symbols.ts';
import type { Excerpt } from '../source/symbols.ts';
import { linkTo, tagsOf } from '../source/upstream.ts';
import type { Tags, UpstreamLink } from '../source/upstream.ts';
import { readProjectFile, teachingFiles } from './project.ts';
import type { Reading } from './reading.ts';

export interface Cited extends Excerpt {
  readonly file: string;
  readonly links: readonly UpstreamLink[];
  readonly omits: Tags['omits'];
  readonly differs: Tags['differs'];
}

/**
 * Cuts a piece of code out of its file.
 *
 * @param file where to look, if several files have a symbol of that name
 * @throws {RangeError} when no file or more than one has it
 */
export function cite(reading: Reading, symbol: string, file?: string): Cited {
  const path = file ?? fileWith(reading, symbol);
  const text = readProjectFile(path);
  const tags = tagsOf(text, path).find((each) => each.symbol === symbol);
  return {
    ...excerptOf(text, path, symbol),
    file: path,
    links: (tags?.origins ?? []).map((origin) => linkTo(origin)),
    omits: tags?.omits ?? [],
    differs: tags?.differs ?? [],
  };
}

function fileWith(reading: Reading, symbol: string): string {
  const all = teachingFiles();
  const passed = [...reading.recorded.values()].flatMap(({ trace }) =>
    trace.files.filter(({ folded }) => !folded).map(({ path }) => path),
  );
  const part = `runnable/${reading.chapter.split('/')[0] ?? ''}/`;
  const circles = [
    [...new Set(passed)],
    all.filter((path) => path.startsWith(part)),
    all,
  ];
  for (const circle of circles) {
    const having = circle.filter((path) => names(path).includes(symbol));
    if (having.length > 1) {
      throw new RangeError(
        `Cannot show <Source of="${symbol}"> in ${reading.file}: ${having.join(' and ')} have it, add file="…"`,
      );
    }
    if (having[0] !== undefined) return having[0];
  }
  throw new RangeError(
    `Cannot show <Source of="${symbol}"> in ${reading.file}: no file of runnable/ has it${didYouMean(symbol, all.flatMap(names))}`,
  );
}

const known = new Map<string, readonly string[]>();

/** Names of a file's symbols, a private member's also without its `#`. */
function names(path: string): readonly string[] {
  const had = known.get(path);
  if (had !== undefined) return had;
  const found = symbolsOf(readProjectFile(path), path).flatMap(({ name }) =>
    name.includes('.#') ? [name, name.replace('.#', '.')] : [name],
  );
  known.set(path, found);
  return found;
}
