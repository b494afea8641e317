/**
 * Asks before something is done that cannot be undone.
 */
import { createInterface } from 'node:readline/promises';
import { wrongInput } from './failure.ts';

/**
 * Whether the reader agrees.
 *
 * @param isSure whether he said so on the command line
 * @throws {Failure} when nobody is there to ask
 */
export async function confirm(
  question: string,
  isSure = false,
): Promise<boolean> {
  if (isSure) return true;
  const { stdin, stderr } = process;
  if (!stdin.isTTY) {
    throw wrongInput(
      `Cannot ask "${question}": expected a terminal; --yes answers it`,
    );
  }
  const asker = createInterface({ input: stdin, output: stderr });
  try {
    const answer = await asker.question(`${question} [y/N] `);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    asker.close();
  }
}
