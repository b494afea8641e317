/**
 * What is wrong with a command line, in our words: what was found, what was
 * wanted, and the nearest name.
 */
import type { Command, CommanderError } from 'commander';
import { nearest } from '../source/nearest.ts';

/** The parser's message as one line of ours. */
export function usageMessage(
  error: CommanderError,
  program: Command,
  words: readonly string[],
): string {
  const said = error.message.replace(/^error: /, '').replace(/\.$/, '');
  const named = /'(?<name>[^' ]*)/.exec(said)?.groups?.['name'] ?? '';
  switch (error.code) {
    case 'commander.unknownOption':
      return unknownFlag(named.replace(/=.*/s, ''), program, words);
    case 'commander.optionMissingArgument':
      return `Cannot use flag "${named}": expected a value, found nothing`;
    case 'commander.missingArgument':
      return `Cannot run the command: expected <${named}>, found nothing`;
    case 'commander.excessArguments': {
      const [wanted, found] = said.match(/\d+/g)?.slice(-2) ?? [];
      const hint = 'through npm, flags stand behind "--"';
      return `Cannot run "${named}": expected ${wanted} ${wanted === '1' ? 'word' : 'words'}, found ${found}; ${hint}`;
    }
    case 'commander.invalidArgument': {
      const { flag, value, choices } =
        /'(?<flag>--[\w-]+).*?argument '(?<value>.*?)' is invalid\. Allowed choices are (?<choices>.*)/s.exec(
          said,
        )?.groups ?? {};
      return flag === undefined
        ? said
        : `Cannot use flag "${flag}" with "${value}": expected ${choices}`;
    }
    default:
      return said;
  }
}

function unknownFlag(
  flag: string,
  program: Command,
  words: readonly string[],
): string {
  const { commands } = program;
  const verb =
    commands.find((one) => words.includes(one.name())) ??
    commands.find((one) => one.name() === 'run') ??
    program;
  if (flagsOf(verb).includes(flag)) {
    return `Cannot give flag "${flag}" a value: expected none`;
  }
  const owner = commands.find((one) => flagsOf(one).includes(flag));
  if (owner !== undefined) {
    return `Cannot use flag "${flag}" with "${verb.name()}": it belongs to "${owner.name()}"`;
  }
  const flags = [...flagsOf(verb), '--help', '--version'];
  const [near] = nearest(
    flag.replace(/^-+/, ''),
    flags.map((one) => one.slice(2)),
  );
  const hint =
    near === undefined
      ? 'run with --help for the flags there are'
      : `did you mean "--${near}"?`;
  return `Cannot use flag "${flag}": ${hint}`;
}

const flagsOf = ({ options }: Command): string[] =>
  options.map(({ long }) => long ?? '');
