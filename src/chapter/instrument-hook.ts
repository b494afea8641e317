/**
 * Loads the teaching code for one run: instrumented if it is recorded, and
 * fresh, so that no module's state leaks from one run into the next.
 *
 * Modules of a run carry its number in their URL. What they import carries it
 * too, except `runnable/sim`, which the run shares with whoever started it.
 */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { projectRoot } from '../source/files.ts';
import { hashOf } from '../trace/hash.ts';
import { instrument } from '../trace/instrument/instrument.ts';
import type { RecordedFile } from '../trace/recorder/sources.ts';

/** What was instrumented so far, by path. */
const files = new Map<string, RecordedFile & { readonly code: string }>();

let runs = 0;
let isHooked = false;

/** Files that recordings may read by path, once they are loaded. */
export const recordedFiles: ReadonlyMap<string, RecordedFile> = files;

/**
 * Imports a module of the project and what it imports, fresh.
 *
 * @param path such as `runnable/scenarios/knative/02-service/hello-world.ts`
 * @throws {SyntaxError} naming file and line when it cannot be recorded
 */
export async function importFresh(
  path: string,
  recorded: boolean,
): Promise<unknown> {
  hook();
  const url = new URL(path, projectRoot);
  url.searchParams.set(recorded ? 'recorded' : 'run', String(++runs));
  return await import(url.href);
}

function hook(): void {
  if (isHooked) return;
  isHooked = true;
  registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context);
      const run = runOf(context.parentURL);
      const path = pathOf(resolved.url);
      if (run === undefined || path === undefined || isShared(path)) {
        return resolved;
      }
      return { ...resolved, url: `${resolved.url}${run}` };
    },
    load(url, context, next) {
      const path = pathOf(url);
      const run = runOf(url);
      if (path === undefined || run?.startsWith('?recorded=') !== true) {
        return next(url, context);
      }
      if (path.startsWith('runnable/apiserver/')) return next(url, context);
      const source = instrumented(path, readFileSync(new URL(url), 'utf8'));
      return { format: 'module', source, shortCircuit: true };
    },
  });
}

/** The part of a URL that names its run, if it has one. */
function runOf(url: string | undefined): string | undefined {
  return /\?(?:recorded|run)=\d+$/.exec(url ?? '')?.[0];
}

/** The path of a TypeScript file of the project. */
function pathOf(url: string): string | undefined {
  const [file = ''] = url.split('?');
  return file.startsWith(projectRoot.href) && file.endsWith('.ts')
    ? decodeURI(file.slice(projectRoot.href.length))
    : undefined;
}

const isShared = (path: string): boolean =>
  path.startsWith('runnable/sim/') ||
  path.startsWith('src/') ||
  path.startsWith('node_modules/');

function instrumented(path: string, text: string): string {
  const hash = hashOf(text);
  const known = files.get(path);
  if (known?.hash === hash) return known.code;
  const { code, sites } = instrument(text, path);
  files.set(path, { hash, sites, code });
  return code;
}
