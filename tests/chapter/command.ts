/**
 * Runs the real command line, as a user does.
 */
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectRoot } from '../../src/source/files.ts';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Stops reading stdout after its first bytes, as `head` does. */
  readonly closeEarly?: boolean;
}

/** Where test runs keep their progress: nowhere near the reader's. */
export const scratch = join(tmpdir(), `inside-the-loop-${process.pid}`);

/** The surroundings in which it starts faster, all but the first time. */
export const compiled = {
  NODE_COMPILE_CACHE: fileURLToPath(new URL('.cache/compiled', projectRoot)),
};

/** Runs `npm run chapter -- ...words` without npm. */
export function chapter(
  words: readonly string[],
  { stdin = '', env = {}, closeEarly = false }: Surroundings = {},
): Promise<Ended> {
  const main = fileURLToPath(new URL('src/chapter/main.ts', projectRoot));
  const { INIT_CWD: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [main, ...words], {
    env: { ...inherited, ...compiled, WORKBOOK: scratch, ...env },
  });
  const out: string[] = [];
  const err: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out.push(text);
    if (closeEarly) child.stdout.destroy();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err.push(text);
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdin);
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => {
      resolve({ code, stdout: out.join(''), stderr: err.join('') });
    });
  });
}
