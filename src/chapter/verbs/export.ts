/**
 * `chapter export`: a recorded run in a form that other tools read.
 */
import type { Command } from 'commander';
import type { Trace } from '../../trace/format.ts';
import type { TraceModel } from '../../trace/model.ts';
import { unknownName } from '../catalog.ts';
import { addChoice, record } from '../choice.ts';
import type { Choice } from '../choice.ts';
import { save } from '../save.ts';
import { say } from '../terminal.ts';

type Writer = (trace: Trace) => string;

interface Format {
  /** Who reads it. */
  readonly about: string;
  /** Its code is loaded when it is asked for. */
  readonly load: () => Promise<Writer>;
}

/** Every format by its name. */
const formats: Readonly<Record<string, Format>> = {
  trace: {
    about: 'everything recorded; drop it on a page, or step FILE',
    load: async () => (await import('../../trace/pack.ts')).writeTrace,
  },
  chrome: {
    about: 'calls and causes, for ui.perfetto.dev or chrome://tracing',
    load: async () =>
      opened((await import('../../trace/export/chrome.ts')).writeChrome),
  },
  otlp: {
    about: 'OTLP/JSON: spans, links and events, for Jaeger and the like',
    load: async () =>
      opened((await import('../../trace/export/otlp.ts')).writeOtlp),
  },
  mermaid: {
    about: 'the story as a sequence diagram, for slides and wikis',
    load: async () =>
      opened((await import('../../trace/export/mermaid.ts')).writeMermaid),
  },
  shiviz: {
    about: 'the story as a log with vector clocks, for ShiViz',
    load: async () =>
      opened((await import('../../trace/export/shiviz.ts')).writeShiviz),
  },
};

/** A writer that reads the recording as a model. */
async function opened(write: (model: TraceModel) => string): Promise<Writer> {
  const { openTrace } = await import('../../trace/open.ts');
  return (trace) => write(openTrace(trace));
}

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
    .addHelpText('after', `\nFormats:\n${described()}`)
    .action(async (word: string, flags: ExportFlags) => {
      const format = Object.hasOwn(formats, flags.format)
        ? formats[flags.format]
        : undefined;
      if (format === undefined)
        throw unknownName('format', flags.format, names);
      const { trace } = await record(word, flags);
      const write = await format.load();
      const text = write(trace);
      if (flags.out === undefined) say(text);
      else save(flags.out, text);
    });
}

const described = (): string =>
  Object.entries(formats)
    .map(([name, { about }]) => `  ${name.padEnd(8)}  ${about}`)
    .join('\n');
