/**
 * Ways in which a command ends early, and the exit code each of them means.
 *
 * 1: the run or check did not succeed; 2: wrong usage or input; 3: it could
 * not run at all. The message is the one line that the user sees.
 */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: 1 | 2 | 3;

  constructor(code: 1 | 2 | 3, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/** Wrong usage or input: what was found, what was wanted, the nearest name. */
export const wrongInput = (message: string, cause?: unknown): Failure =>
  new Failure(2, message, cause);
