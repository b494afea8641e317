/**
 * `chapter step`: a run step by step in the terminal, with the page's cursor
 * and keys; as plain text where there is no terminal.
 */
import type { Command } from 'commander';
import { levels } from '../../trace/model.ts';
import type { Level } from '../../trace/model.ts';
import { unknownName } from '../catalog.ts';
import { wrongInput } from '../failure.ts';
import type { Stage } from '../step/stage.ts';
import type { TargetFlags } from '../step/target.ts';
import { remark, say, wantsColor } from '../terminal.ts';

interface StepFlags extends TargetFlags {
  readonly level: string;
  readonly at?: string;
}

/** Adds the verb to the command line. */
export function addStep(program: Command): void {
  program
    .command('step')
    .description('step through a run in the terminal')
    .argument('<chapter>', 'such as knative/02; or a trace, or its folder')
    .option('--scenario <name>', 'which run; the first one by default')
    .option('--level <level>', `one of ${levels.join(', ')}`, 'story')
    .option(
      '--at <address>',
      'where to begin, as "store.create Route default/a"',
    )
    .option('--against <run>', 'a scenario or a trace to show beside it')
    .option('--seed <number>', 'chance, from 0 to 4294967295')
    .option('--input <file>', 'a manifest of your own')
    .addHelpText('after', '\nKeys: ? lists them, q leaves.')
    .action(async (word: string, flags: StepFlags) => {
      const level = levels.find((one) => one === flags.level);
      if (level === undefined) throw unknownName('level', flags.level, levels);
      const stage = await opened(word, flags, level);
      const { stdin, stdout } = process;
      const able =
        stdin.isTTY && stdout.isTTY && process.env['TERM'] !== 'dumb';
      if (able) await stepped(stage);
      else {
        await told(stage, flags.at !== undefined);
        if (flags.against !== undefined) remark(parting(stage));
      }
    });
}

async function opened(
  word: string,
  flags: StepFlags,
  level: Level,
): Promise<Stage> {
  const { targetOf } = await import('../step/target.ts');
  const { Stage } = await import('../step/stage.ts');
  const { sourceReader } = await import('../step/source.ts');
  const target = await targetOf(word, flags);
  const stage = new Stage({
    ...target,
    level,
    source: sourceReader(target.folder),
  });
  const { at = '' } = flags;
  await stage.begin(at);
  if (at !== '' && stage.model?.find(at, level) === undefined) {
    const [near] = stage.model?.nearest(at, 1) ?? [];
    const hint =
      near === undefined ? 'the run has no steps' : `did you mean "${near}"?`;
    throw wrongInput(`Cannot find step "${at}" of ${target.scenario}: ${hint}`);
  }
  return stage;
}

async function stepped(stage: Stage): Promise<void> {
  const { show } = await import('../step/screen.ts');
  const { commandOf } = await import('../step/command.ts');
  const { stdin, stdout } = process;
  await show(stage, {
    input: stdin,
    output: stdout,
    colours: wantsColor(stdout),
  });
  remark(`Come back with: ${commandOf(stage)}`);
}

async function told(stage: Stage, one: boolean): Promise<void> {
  const { plainStep, plainStory } = await import('../step/plain.ts');
  const what = one ? 'this is the step' : 'this is the story';
  remark(
    `Not a terminal, so ${what} as text; in a terminal one steps through it`,
  );
  say(one ? plainStep(stage) : plainStory(stage));
}

/** Where the run parts from the one that was asked for beside it. */
function parting({ divergence, model, state }: Stage): string {
  if (divergence === undefined || model === undefined) {
    return 'At this level the two runs are the same.';
  }
  const { address } = model.step(state.level, divergence);
  return `The two runs part at step ${divergence}: "${address}"`;
}
