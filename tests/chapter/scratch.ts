/**
 * Folders that a test may fill as it likes, away from the reader's own.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new empty folder; whoever asks for it removes it. */
export const freshFolder = (name: string): string =>
  mkdtempSync(join(tmpdir(), `inside-the-loop-${name}-`));
