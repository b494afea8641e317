/**
 * The ledger: everything that the teaching code says it leaves out or does
 * another way, counted.
 */
import { tagsOf } from './upstream.ts';

export interface SourceFile {
  /** Below the project, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

export interface LedgerEntry {
  readonly kind: 'omits' | 'differs';
  readonly text: string;
  readonly file: string;
  /** '' when the whole file is meant. */
  readonly symbol: string;
  readonly line: number;
}

export interface Ledger {
  readonly omits: number;
  readonly differs: number;
  /** By file in the given order, then by line. */
  readonly entries: readonly LedgerEntry[];
}

/** The ledger of some files, such as those that a chapter's run passes. */
export function ledgerOf(files: readonly SourceFile[]): Ledger {
  const entries = files.flatMap(entriesOf);
  return {
    omits: entries.filter(({ kind }) => kind === 'omits').length,
    differs: entries.filter(({ kind }) => kind === 'differs').length,
    entries,
  };
}

function entriesOf({ path, text }: SourceFile): LedgerEntry[] {
  return tagsOf(text, path)
    .flatMap(({ symbol, omits, differs }) => [
      ...omits.map((one) => ({ kind: 'omits' as const, symbol, ...one })),
      ...differs.map((one) => ({ kind: 'differs' as const, symbol, ...one })),
    ])
    .map((entry) => ({ ...entry, file: path }))
    .sort((a, b) => a.line - b.line);
}
