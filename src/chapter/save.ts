/**
 * Writes a file that the reader names.
 */
import { writeFileSync } from 'node:fs';
import { userPath } from './document.ts';
import { wrongInput } from './failure.ts';
import { remark } from './terminal.ts';

/**
 * Writes a text, and says so.
 *
 * @throws {Failure} when it cannot be written there
 */
export function save(file: string, text: string): void {
  try {
    writeFileSync(userPath(file), text.endsWith('\n') ? text : `${text}\n`);
  } catch (error) {
    throw wrongInput(`Cannot write ${file}: ${reasonOf(error)}`, error);
  }
  remark(`Wrote ${file}`);
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'expected an existing folder, found none';
  if (code === 'EISDIR') return 'expected the name of a file, found a folder';
  if (code === 'EACCES') return 'expected a place one may write to';
  return message;
}
