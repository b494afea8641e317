/**
 * Where students' files and the reader's progress are kept: `workbook/`, which
 * git ignores, or the folder that the variable `WORKBOOK` names.
 */
import { relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { projectRoot } from '../source/files.ts';

/** The folder, with a slash at its end. */
export function workbookRoot(): URL {
  const { WORKBOOK } = process.env;
  return WORKBOOK === undefined || WORKBOOK === ''
    ? new URL('workbook/', projectRoot)
    : pathToFileURL(`${WORKBOOK}/`);
}

/** A file or folder as a command line names it. */
export function shownPath(url: URL): string {
  const path = fileURLToPath(url).replace(/[\\/]$/, '');
  const near = relative(fileURLToPath(projectRoot), path);
  return (near.startsWith('..') ? path : near).replaceAll('\\', '/');
}
