/**
 * Turns TypeScript into JavaScript that tells a recorder what it does.
 *
 * Types are blanked and calls inserted on the same line, so that lines, and
 * the lines of error stacks, are those of the file that people read. Pure:
 * runs alike in Node and in a browser's worker.
 */
import { Edits } from './edits.ts';
import { erase } from './erase.ts';
import { Source } from './source.ts';
import { Walker } from './walker.ts';
import type { LocalSite } from './walker.ts';

export interface Instrumented {
  readonly code: string;
  /** The file's functions in the order of the text; first the module. */
  readonly sites: readonly LocalSite[];
}

/**
 * Instruments one module for the recorder in `globalThis.__t` (`Probes`).
 *
 * @param path below the project, as the trace shall name it
 * @throws {SyntaxError} naming file and line when the text does not parse,
 *   holds syntax that cannot be blanked, or uses what recorded code may not
 */
export function instrument(text: string, path: string): Instrumented {
  const source = new Source(path, text);
  const edits = new Edits(text);
  const walker = new Walker(source, edits);
  erase(source, edits);
  walker.walk();
  source.check();
  // One line, so that no other line moves; the end may follow a comment.
  const header = `const __t=globalThis.__t,$m=__t.file(${JSON.stringify(path)}),$f0=__t.module($m);`;
  const footer = '\n;__t.exit($f0);';
  return { code: header + edits.apply() + footer, sites: walker.sites };
}

/**
 * Blanks the types and inserts nothing.
 *
 * @throws {SyntaxError} naming file and line when that cannot be done
 */
export function eraseTypes(text: string, path: string): string {
  const source = new Source(path, text);
  const edits = new Edits(text);
  erase(source, edits);
  source.check();
  return edits.apply();
}
