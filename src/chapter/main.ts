/**
 * `npm run chapter`: the front door of the terminal.
 *
 * Reads the words, hands them to a verb, and turns what goes wrong into one
 * line and an exit code.
 */
import { Command, CommanderError } from 'commander';
import { referencePack } from '../exercise/pack.ts';
import { readSource } from '../source/files.ts';
import { Failure } from './failure.ts';
import { remark, tolerateClosedPipes } from './terminal.ts';
import { usageMessage } from './usage.ts';
import { addExercise } from './verbs/exercise.ts';
import { addExport } from './verbs/export.ts';
import { addGrade } from './verbs/grade.ts';
import { addHandout } from './verbs/handout.ts';
import { addList } from './verbs/list.ts';
import { addRun } from './verbs/run.ts';
import { addServe } from './verbs/serve.ts';
import { addStep } from './verbs/step.ts';
import { addTry } from './verbs/try.ts';

function buildProgram(): Command {
  const { version } = JSON.parse(readSource('package.json').text) as {
    readonly version: string;
  };
  const program = new Command('chapter')
    .description(
      'Runs, lists, steps through and exports the chapters of Inside the Loop.',
    )
    .version(version)
    .addHelpText(
      'after',
      `
Through npm, flags stand behind "--": npm run chapter knative/02 -- --level calls
For machines, -s keeps npm's banner off: npm run -s chapter -- list --json

Exit codes: 0 done; 1 the run did not succeed; 2 wrong usage or input;
3 it could not run at all.`,
    );
  const verbs = [
    addList,
    addRun,
    addStep,
    addTry,
    addExercise,
    addGrade,
    addHandout,
    addExport,
    addServe,
  ];
  for (const add of verbs) add(program);
  for (const command of program.commands) command.version(version);
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ outputError: () => undefined });
  }
  return program;
}

/** What a verb, or the command line's own parser, ended with. */
function report(error: unknown, program: Command): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    remark(usageMessage(error, program, process.argv.slice(2)));
    return 2;
  }
  if (error instanceof Failure) {
    remark(error.message);
    return error.code;
  }
  remark(
    error instanceof Error ? (error.stack ?? String(error)) : String(error),
  );
  return 3;
}

tolerateClosedPipes();
const program = buildProgram();
try {
  // With no word at all there is a list to choose from.
  const words = process.argv.slice(2);
  if (referencePack() !== undefined) {
    // A students' copy: what was cut out of its code comes from the pack.
    (await import('./instrument-hook.ts')).hookPack();
  }
  await program.parseAsync(words.length === 0 ? ['list'] : words, {
    from: 'user',
  });
} catch (error) {
  process.exitCode = report(error, program);
}
