/**
 * `chapter exercise`: the workbook. Alone it lists; with an id it begins an
 * exercise, and its flags check, help, begin anew and show our solution.
 */
import type { Command } from 'commander';
import type { ExerciseFlags } from '../workbook.ts';

/** Adds the verb to the command line. */
export function addExercise(program: Command): void {
  program
    .command('exercise')
    .description('list the exercises, or work on one')
    .argument('[id]', 'such as kubelet/02/parking; a unique part will do')
    .option('--check', 'run its checks on your file')
    .option('--only <check>', 'with --check: end by this check alone')
    .option('--watch', 'run them whenever you save')
    .option('--hint', 'the next of its three hints')
    .option('--reset', 'begin it anew')
    .option('--solution', 'show our solution')
    .option('--yes', 'answer yes to what would be asked')
    .option('--export <file>', 'save your progress, "-" for stdout')
    .option('--import <file>', 'add progress from a file')
    .addHelpText('after', '\nExit codes of --check: 0 passed; 1 not yet.')
    .action(async (word: string | undefined, flags: ExerciseFlags) => {
      const { withoutId, work } = await import('../workbook.ts');
      if (word === undefined) await withoutId(flags);
      else await work(word, flags);
    });
}
