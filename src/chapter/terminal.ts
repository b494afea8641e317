/**
 * Where a command writes: data to stdout, remarks to stderr.
 */

/** Bold, dim and the like, or nothing where colours are not wanted. */
export interface Paint {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

/** Whether escape codes may be written to a stream. */
export function wantsColor(stream: { readonly isTTY?: boolean }): boolean {
  const { NO_COLOR, TERM } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  return stream.isTTY === true && TERM !== 'dumb';
}

const escaped =
  (code: number, on: boolean) =>
  (text: string): string =>
    on ? `\u001b[${code}m${text}\u001b[0m` : text;

export function paintFor(stream: { readonly isTTY?: boolean }): Paint {
  const on = wantsColor(stream);
  return { strong: escaped(1, on), faint: escaped(2, on) };
}

/** Writes a line of data, or several. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Writes a remark, which is no part of the data. */
export function remark(text: string): void {
  process.stderr.write(`${text}\n`);
}

/**
 * Ends quietly when the reader of our output goes away, as `head` does.
 */
export function tolerateClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit();
    });
  }
}
