/** The ledger of a chapter, and that of everything. */
import { ledgerOf } from '../source/ledger.ts';
import type { Ledger, LedgerEntry } from '../source/ledger.ts';
import { readProjectFile, teachingFiles } from './project.ts';
import type { Reading } from './reading.ts';

const sourceOf = (path: string) => ({ path, text: readProjectFile(path) });

/** The ledger of the files that a chapter's runs pass. */
export function chapterLedger(reading: Reading): Ledger {
  const passed = [...reading.recorded.values()].flatMap(({ trace }) =>
    trace.files.filter(({ folded }) => !folded).map(({ path }) => path),
  );
  return ledgerOf([...new Set(passed)].sort().map(sourceOf));
}

/** The ledger of one folder of `runnable/`. */
export function folderLedger(folder: string): Ledger {
  const below = teachingFiles().filter((path) =>
    path.startsWith(`runnable/${folder}/`),
  );
  return ledgerOf(below.map(sourceOf));
}

export interface FileEntries {
  readonly file: string;
  readonly entries: readonly LedgerEntry[];
}

/** Entries grouped by file; the order stays. */
export function byFile(entries: readonly LedgerEntry[]): FileEntries[] {
  const files = new Map<string, LedgerEntry[]>();
  for (const entry of entries) {
    const own = files.get(entry.file);
    if (own === undefined) files.set(entry.file, [entry]);
    else own.push(entry);
  }
  return [...files].map(([file, own]) => ({ file, entries: own }));
}
