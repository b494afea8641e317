/**
 * `chapter handout`: the students' copy.
 */
import type { Command } from 'commander';
import { userPath } from '../document.ts';
import { wrongInput } from '../failure.ts';
import { remark, say } from '../terminal.ts';

/** Adds the verb to the command line. */
export function addHandout(program: Command): void {
  program
    .command('handout')
    .description("make the students' copy, without solutions")
    .argument('<out>', 'a folder that is empty, or not there yet')
    .action(async (out: string) => {
      const { existsSync, readdirSync } = await import('node:fs');
      const { referencePack } = await import('../../exercise/pack.ts');
      const folder = userPath(out);
      if (referencePack() !== undefined) {
        throw wrongInput('Cannot make a handout: this copy is one');
      }
      if (existsSync(folder) && readdirSync(folder).length > 0) {
        throw wrongInput(`Cannot make a handout in ${out}: it is not empty`);
      }
      const { writeHandout } = await import('../../exercise/handout.ts');
      const paths = writeHandout(folder);
      say(out);
      remark(
        `${paths.length} files. There: npm ci --omit=dev && npm run chapter exercise`,
      );
    });
}
