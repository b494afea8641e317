/**
 * What must not stand in a file, and what must.
 */
import type { SourceFile } from '../../src/source/ledger.ts';
import { headerOf, symbolsOf } from '../../src/source/symbols.ts';
import { linkTo, tagsOf } from '../../src/source/upstream.ts';

/** Files longer than a reader can take in. */
export function tooLong({ path, text }: SourceFile, most: number): string[] {
  const lines = text.trimEnd().split('\n').length;
  return lines > most
    ? [`${path} has ${lines} lines: ${most} are allowed`]
    : [];
}

/** Tags that name no original of the index. */
export function unresolvedTags({ path, text }: SourceFile): string[] {
  try {
    return tagsOf(text, path).flatMap(({ origins }) =>
      origins.flatMap((origin) => {
        try {
          linkTo(origin);
          return [];
        } catch (error) {
          return [`${path}:${origin.line} ${(error as Error).message}`];
        }
      }),
    );
  } catch (error) {
    return [(error as Error).message];
  }
}

/**
 * Exported functions and classes that say nothing about themselves. A file's
 * header speaks for the one that the file is named after, and for the only one.
 */
export function undocumented({ path, text }: SourceFile): string[] {
  const exported = symbolsOf(text, path).filter(
    (symbol) =>
      symbol.exported &&
      (symbol.kind === 'function' || symbol.kind === 'class'),
  );
  const hasHeader = headerOf(text, path) !== undefined;
  return exported
    .filter(({ name, doc }) => {
      const named = exported.length === 1 || isNamedAfter(path, name);
      return doc === undefined && !(hasHeader && named);
    })
    .map(({ name, line }) => `${path}:${line} ${name} has no doc comment`);
}

/** `…/pod-workers.ts` and `PodWorkers`. */
function isNamedAfter(path: string, name: string): boolean {
  const stem = path.slice(path.lastIndexOf('/') + 1, path.lastIndexOf('.'));
  return stem.replaceAll('-', '') === name.toLowerCase();
}

/** More `//DOC:` tags than a file that is read on its own can bear. */
export function manyTags({ path, text }: SourceFile): string[] {
  const names = [...text.matchAll(/\/\/DOC: ?(?<name>\S+)/g)].map(
    ({ groups }) => groups?.['name'],
  );
  const count = new Set(names).size;
  return count > 2 ? [`${path} has ${count} DOC tags: 2 are allowed`] : [];
}

const banned: readonly (readonly [RegExp, string])[] = [
  [/\b(?:TO)DO\b|\b(?:FIX)ME\b|\bX{3}\b/, 'marks unfinished work'],
  [/@ts-(?:ignore|nocheck)/, 'switches the type checker off'],
  [/(?:^|[\s'"`(=])\/(?:work|home|root|tmp|Users)\//, 'names a machine’s path'],
  [/\b(?:test|it|describe)\.only\(/, 'runs one test alone'],
  [/eslint-disable(?!.* -- \S)/, 'disables a rule without a reason'],
  [/^(?:<{7}|>{7}|={7})(?: |$)/, 'is a conflict of a merge'],
];

/** Lines that hold what is banned everywhere. */
export function bannedWords({ path, text }: SourceFile): string[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      banned
        .filter(([pattern]) => pattern.test(line))
        .map(([, why]) => `${path}:${index + 1} ${why}: ${line.trim()}`),
    );
}

const codeLike =
  /^\s*\/\/\s*(?:(?:const|let|return|await|import|export|if|for|while|throw)\b.*[;{]|[\w.#]+\(.*\);|[\w.]+ = .*;|\})\s*$/;

/** Code that was switched off instead of removed. */
export function commentedOut({ path, text }: SourceFile): string[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      codeLike.test(line)
        ? [`${path}:${index + 1} is code in a comment: ${line.trim()}`]
        : [],
    );
}
