/**
 * `chapter export`: a recorded run in a form that other tools read.
 */
import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { Trace } from '../../trace/format.ts';
import { unknownName } from '../catalog.ts';
import { addChoice, record } from '../choice.ts';
import type { Choice } from '../choice.ts';
import { userPath } from '../document.ts';
import { wrongInput } from '../failure.ts';
import { remark, say } from '../terminal.ts';

type Writer = (trace: Trace) => string;

/** How each format is written; its code is loaded when it is asked for. */
const formats: Readonly<Record<string, () => Promise<Writer>>> = {
  trace: async () => (await import('../../trace/pack.ts')).writeTrace,
};

interface ExportFlags extends Choice {
  readonly format: string;
  readonly out?: string;
}

/** Adds the verb to the command line. */
export function addExport(program: Command): void {
  const names = Object.keys(formats);
  addChoice(
    program
      .command('export')
      .description('write a recorded run for other tools'),
  )
    .option('--format <format>', `one of ${names.join(', ')}`, 'trace')
    .option('--out <file>', 'where to; stdout without')
    .action(async (word: string, flags: ExportFlags) => {
      const load = Object.hasOwn(formats, flags.format)
        ? formats[flags.format]
        : undefined;
      if (load === undefined) throw unknownName('format', flags.format, names);
      const { trace } = await record(word, flags);
      const write = await load();
      const text = write(trace);
      if (flags.out === undefined) say(text);
      else save(flags.out, text);
    });
}

function save(file: string, text: string): void {
  try {
    writeFileSync(userPath(file), `${text}\n`);
  } catch (error) {
    throw wrongInput(
      `Cannot write ${file}: ${(error as Error).message}`,
      error,
    );
  }
  remark(`Wrote ${file}`);
}
