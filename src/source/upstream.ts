/**
 * Where a piece of teaching code comes from: its `@upstream` tags, the links
 * they stand for, and what it says it leaves out or does another way.
 *
 *     @upstream knative/serving v0.4.1
 *       pkg/reconciler/v1alpha1/service/service.go Reconciler.reconcile (part)
 *
 * After repository and release come files, each followed by symbols of it.
 */
import { didYouMean } from './nearest.ts';
import { originals } from './originals.ts';
import type { Original } from './originals.ts';
import { headerOf, symbolsOf } from './symbols.ts';

/** One original that a doc comment names. */
export interface Origin {
  readonly repo: string;
  readonly tag: string;
  readonly path: string;
  /** Absent when the whole file is meant. */
  readonly symbol?: string;
  /** Whether the teaching symbol holds a piece of the original only. */
  readonly part: boolean;
  /** The line of the tag in the teaching file. */
  readonly line: number;
}

export interface Remark {
  readonly text: string;
  readonly line: number;
}

/** The tags of one doc comment. */
export interface Tags {
  /** The symbol the comment belongs to; '' for the file's header. */
  readonly symbol: string;
  readonly origins: readonly Origin[];
  readonly omits: readonly Remark[];
  readonly differs: readonly Remark[];
}

export interface UpstreamLink {
  /** `service.go Reconciler.reconcile`. */
  readonly label: string;
  /** One address for each place where the original is declared. */
  readonly places: readonly {
    readonly href: string;
    /** First and last line; absent when only the file is known. */
    readonly lines?: readonly [number, number];
  }[];
}

/**
 * The tags of a file, its header first; comments without any are left out.
 *
 * @throws {SyntaxError} when a tag is not written as above
 */
export function tagsOf(text: string, file: string): Tags[] {
  const header = headerOf(text, file);
  const documented = symbolsOf(text, file).flatMap(({ name, doc }) =>
    doc === undefined ? [] : [{ symbol: name, ...doc }],
  );
  return [
    ...(header === undefined ? [] : [{ symbol: '', ...header }]),
    ...documented,
  ]
    .map(({ symbol, text: doc, line }) => tagsOfDoc(symbol, doc, line, file))
    .filter(
      ({ origins, omits, differs }) =>
        origins.length + omits.length + differs.length > 0,
    );
}

/**
 * The addresses of an original, with its exact lines.
 *
 * @throws {RangeError} when the index has no such file or symbol
 */
export function linkTo(
  origin: Origin,
  index: readonly Original[] = originals,
): UpstreamLink {
  const { repo, tag, path, symbol } = origin;
  const original = index.find((one) => one.repo === repo && one.tag === tag);
  if (original === undefined) {
    const known = index.map((one) => `${one.repo} ${one.tag}`);
    throw new RangeError(
      `Cannot find the original "${repo} ${tag}"${didYouMean(`${repo} ${tag}`, known)}`,
    );
  }
  const symbols = original.files[path];
  if (symbols === undefined) {
    throw new RangeError(
      `Cannot find ${path} in ${repo} ${tag}${didYouMean(path, Object.keys(original.files))}`,
    );
  }
  const base = `https://github.com/${repo}/blob/${tag}/${path}`;
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (symbol === undefined) return { label: name, places: [{ href: base }] };
  const found = symbols[symbol];
  if (found === undefined) {
    throw new RangeError(
      `Cannot find symbol "${symbol}" in ${path} of ${repo} ${tag}${didYouMean(symbol, Object.keys(symbols))}`,
    );
  }
  const label = `${name} ${symbol}`;
  if (original.approximate?.includes(path) === true) {
    return { label, places: [{ href: base }] };
  }
  return {
    label,
    places: ranges(found).map((lines) => ({
      href: `${base}#L${lines[0]}-L${lines[1]}`,
      lines,
    })),
  };
}

/** In the order of the file. */
function ranges(found: Original['files'][string][string]): [number, number][] {
  const pairs = typeof found[0] === 'number' ? [found] : found;
  return (pairs as [number, number][]).toSorted(([a], [b]) => a - b);
}

function tagsOfDoc(
  symbol: string,
  doc: string,
  line: number,
  file: string,
): Tags {
  const tags = blocks(doc, line);
  const remarks = (name: string): Remark[] =>
    tags
      .filter((tag) => tag.name === name)
      .map(({ text, line: at }) => ({ text, line: at }));
  return {
    symbol,
    origins: remarks('upstream').flatMap((tag) => originsOf(tag, file)),
    omits: remarks('omits'),
    differs: remarks('differs'),
  };
}

/** `@name text`, up to the next tag or an empty line, joined to one line. */
function blocks(doc: string, line: number): (Remark & { name: string })[] {
  const found: { name: string; line: number; words: string[] }[] = [];
  let open: { words: string[] } | undefined;
  for (const [index, row] of doc.split('\n').entries()) {
    const tag = /^@(?<name>\w+) ?(?<rest>.*)$/.exec(row.trim())?.groups;
    if (tag !== undefined) {
      const words = [tag['rest'] ?? ''];
      const block = { name: tag['name'] ?? '', line: line + index, words };
      found.push(block);
      open = block;
    } else if (row.trim() === '') open = undefined;
    else open?.words.push(row.trim());
  }
  return found.map(({ name, line: at, words }) => ({
    name,
    line: at,
    text: words.join(' ').trim(),
  }));
}

function originsOf({ text, line }: Remark, file: string): Origin[] {
  const [repo, tag, ...words] = text.replaceAll(',', ' ').split(/\s+/);
  const origins: Origin[] = [];
  const wrong = (): never => {
    throw new SyntaxError(
      `Cannot read @upstream at ${file}:${line}: expected repository, release, path and symbol, got "${text}"`,
    );
  };
  if (repo === undefined || !repo.includes('/') || tag === undefined) wrong();
  let path = '';
  const bare = new Set<string>();
  for (const word of words) {
    const last = origins.at(-1);
    const base = { repo: repo ?? '', tag: tag ?? '', line };
    if (word === '(part)') {
      if (last === undefined) wrong();
      else origins[origins.length - 1] = { ...last, part: true };
    } else if (word.includes('/')) {
      path = word;
      bare.add(path);
      origins.push({ ...base, path, part: false });
    } else {
      if (path === '') wrong();
      if (bare.delete(path)) origins.pop();
      origins.push({ ...base, path, symbol: word, part: false });
    }
  }
  if (origins.length === 0) wrong();
  return origins;
}
