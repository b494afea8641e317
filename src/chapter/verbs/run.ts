/**
 * `chapter run`, and the verb that is meant when a chapter stands alone: runs
 * a scenario and tells its story.
 */
import { createHash } from 'node:crypto';
import type { Command } from 'commander';
import type { Trace } from '../../trace/format.ts';
import { levels } from '../../trace/model.ts';
import type { Level, TraceModel } from '../../trace/model.ts';
import { unknownName } from '../catalog.ts';
import type { Chapter } from '../catalog.ts';
import { addChoice, record } from '../choice.ts';
import type { Choice } from '../choice.ts';
import { Failure } from '../failure.ts';
import { noteRun } from '../progress.ts';
import { remark, say } from '../terminal.ts';

interface RunFlags extends Choice {
  readonly level: string;
  readonly json?: boolean;
}

/** Adds the verb to the command line. */
export function addRun(program: Command): void {
  addChoice(
    program
      .command('run', { isDefault: true })
      .description('run a scenario and print its story'),
  )
    .option('--level <level>', `one of ${levels.join(', ')}`, 'story')
    .option('--json', 'as one JSON document')
    .action(async (word: string, flags: RunFlags) => {
      const level = levelNamed(flags.level);
      const verbs = program.commands.map((command) => command.name());
      const { chapter, trace } = await record(word, flags, verbs);
      const { openTrace } = await import('../../trace/open.ts');
      const model = openTrace(trace);
      if (flags.json === true) {
        const { writeTrace } = await import('../../trace/pack.ts');
        const run = asJson(trace, model, level, hashOf(writeTrace(trace)));
        say(JSON.stringify(run, undefined, 2));
      } else {
        const { storyText } = await import('../../trace/story.ts');
        say(storyText(model, level).trimEnd());
      }
      if (trace.error !== undefined) {
        const why = trace.error.replaceAll('\n', '; ');
        throw new Failure(1, `The run did not succeed: ${why}`);
      }
      noteRun(chapter.id, trace.scenario);
      if (flags.json !== true) mentionOthers(chapter, trace);
    });
}

function levelNamed(word: string): Level {
  const level = levels.find((one) => one === word);
  if (level === undefined) throw unknownName('level', word, levels);
  return level;
}

/** Of the bytes that `export --format trace` writes. */
const hashOf = (text: string): string =>
  createHash('sha256').update(text).digest('hex');

function asJson(
  trace: Trace,
  model: TraceModel,
  level: Level,
  hash: string,
): unknown {
  const steps = Array.from({ length: model.count(level) }, (_, index) => {
    const step = model.step(level, index + 1);
    return {
      n: step.n,
      address: step.address,
      time: step.time,
      actor: model.lanes[step.lane]?.id ?? null,
      kind: step.kind,
      text: step.sentence,
      file: step.file ?? null,
      line: step.line ?? null,
    };
  });
  const { chapter, scenario, seed, result, error } = trace;
  return {
    chapter,
    scenario,
    seed,
    hash,
    steps,
    result: result ?? null,
    ...(error === undefined ? {} : { error }),
  };
}

/** Says what else this chapter can show. */
function mentionOthers({ id, scenarios }: Chapter, { scenario }: Trace): void {
  const others = scenarios.filter((name) => name !== scenario);
  const [first] = others;
  if (first === undefined) return;
  const short = id.replace(/-.*/, '');
  remark(
    `\nOther scenarios: ${others.join(', ')}\nRun one with: npm run chapter ${short} -- --scenario ${first}`,
  );
}
