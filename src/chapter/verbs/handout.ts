/**
 * `chapter handout`: the students' copy.
 */
import { readdirSync, statSync } from 'node:fs';
import type { Command } from 'commander';
import { userPath } from '../document.ts';
import { Failure, wrongInput } from '../failure.ts';
import { remark, say } from '../terminal.ts';

/** Adds the verb to the command line. */
export function addHandout(program: Command): void {
  program
    .command('handout')
    .description("make the students' copy, without solutions")
    .argument('<out>', 'a folder that is empty, or not there yet')
    .action(async (out: string) => {
      const { referencePack } = await import('../../exercise/pack.ts');
      const folder = userPath(out);
      if (referencePack() !== undefined) {
        throw wrongInput('Cannot make a handout: this copy is one');
      }
      refuseTaken(out, folder);
      const { writeHandout } = await import('../../exercise/handout.ts');
      const count = written(out, () => writeHandout(folder).length);
      say(out);
      remark(
        `${count} files. There: npm ci --omit=dev && npm run chapter exercise`,
      );
    });
}

/** Nothing is written over, and nothing among what is somebody else's. */
function refuseTaken(out: string, folder: string): void {
  if (out.trim() === '') {
    throw wrongInput('Cannot make a handout: expected a folder, found nothing');
  }
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found === undefined) return;
  const fault = !found.isDirectory()
    ? 'expected a folder, found a file'
    : readdirSync(folder).length > 0
      ? 'it is not empty'
      : undefined;
  if (fault === undefined) return;
  throw wrongInput(`Cannot make a handout in ${out}: ${fault}`);
}

function written<T>(out: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    const { message } = error as Error;
    throw new Failure(3, `Cannot make a handout in ${out}: ${message}`, error);
  }
}
