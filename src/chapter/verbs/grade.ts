/**
 * `chapter grade`: marks one submission, or a folder of them.
 */
import type { Command } from 'commander';
import type { GradeFlags } from '../grading.ts';

/** Adds the verb to the command line. */
export function addGrade(program: Command): void {
  const gather = (word: string, before: readonly string[] = []): string[] => [
    ...before,
    ...word.split(','),
  ];
  program
    .command('grade')
    .description('mark a submission, or a folder of them')
    .argument('[dir]', 'a folder like workbook/, or a folder of such')
    .option('--only <id>', 'this exercise; may be given again', gather)
    .option(
      '--report <format[=file]>',
      'human, json, junit, tap, exercism, classroom50 or csv; may be given again',
      gather,
    )
    .option('--schema', 'print the JSON Schema of --report json')
    .addHelpText(
      'after',
      `
Without --only, every exercise that somebody handed in is marked for all.
Exit codes: 0 when grading finished, whatever the marks; 2 wrong usage;
3 it could not grade.`,
    )
    .action(async (folder: string | undefined, flags: GradeFlags) => {
      const { gradeFolder } = await import('../grading.ts');
      await gradeFolder(folder, flags);
    });
}
