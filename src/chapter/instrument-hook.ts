/**
 * Loads the teaching code for one run: instrumented if it is recorded, and
 * fresh, so that no module's state leaks from one run into the next.
 *
 * Modules of a run carry its number in their URL. What they import carries it
 * too, except `runnable/sim`, which the run shares with whoever started it.
 */
import { registerHooks } from 'node:module';
import { originalOf, referencePack } from '../exercise/pack.ts';
import { projectRoot } from '../source/files.ts';
import { hashOf } from '../trace/hash.ts';
import { eraseTypes, instrument } from '../trace/instrument/instrument.ts';
import type { RecordedFile } from '../trace/recorder/sources.ts';

/** Texts that take the place of files, by path below the project. */
export type Overlay = ReadonlyMap<string, string>;

type Instrumented = RecordedFile & { readonly code: string };

/** What was instrumented last, by path. */
const files = new Map<string, Instrumented>();
/** And all of it, by path and text: files and what takes their place. */
const versions = new Map<string, Instrumented>();
/** What was only rid of its types, in the same way. */
const plain = new Map<string, string>();
/** Where imports lead, which is the same in every run: by path and word. */
const targets = new Map<string, string>();

/** The texts of runs that have their own, by the mark in their URLs. */
const overlays = new Map<string, Overlay>();

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
  overlay?: Overlay,
): Promise<unknown> {
  hook();
  const url = new URL(path, projectRoot);
  url.searchParams.set(recorded ? 'recorded' : 'run', String(++runs));
  if (overlay === undefined) return await import(url.href);
  overlays.set(url.search, overlay);
  try {
    return await import(url.href);
  } finally {
    overlays.delete(url.search);
  }
}

/** Lets a students' copy run what its pack holds, whoever imports it. */
export function hookPack(): void {
  if (referencePack() !== undefined) hook();
}

function hook(): void {
  if (isHooked) return;
  isHooked = true;
  registerHooks({
    resolve(specifier, context, next) {
      const run = runOf(context.parentURL);
      if (run === undefined) return next(specifier, context);
      const key = `${specifier} ${pathOf(context.parentURL ?? '') ?? ''}`;
      const url = targets.get(key) ?? next(specifier, context).url;
      targets.set(key, url);
      const path = pathOf(url);
      const isOwn = path !== undefined && !isShared(path);
      return { url: isOwn ? `${url}${run}` : url, shortCircuit: true };
    },
    load(url, context, next) {
      const path = pathOf(url);
      const run = runOf(url);
      if (path === undefined) return next(url, context);
      const own = overlays.get(run ?? '')?.get(path);
      const isRecorded =
        run?.startsWith('?recorded=') === true &&
        !path.startsWith('runnable/apiserver/');
      if (isRecorded) {
        const source = instrumented(path, own ?? originalOf(path));
        return { format: 'module', source, shortCircuit: true };
      }
      const isAsItLies = own === undefined && run === undefined;
      const text = isAsItLies
        ? referencePack()?.files[path]
        : (own ?? originalOf(path));
      if (text === undefined) return next(url, context);
      const source = erased(path, text);
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
  const own = versionOf(path, text);
  const original = originalOf(path);
  const known =
    text === original ? own : toldLike(own, versionOf(path, original));
  files.set(path, known);
  return known.code;
}

function versionOf(path: string, text: string): Instrumented {
  const name = `${path} ${text}`;
  const known = versions.get(name) ?? {
    hash: hashOf(text),
    ...instrument(text, path),
  };
  versions.set(name, known);
  return known;
}

/** Functions that say nothing of themselves get the words of the real ones. */
function toldLike(own: Instrumented, real: Instrumented): Instrumented {
  const stories = new Map(
    real.sites.map(({ story, symbol }) => [symbol, story]),
  );
  const sites = own.sites.map((site) => {
    const story = site.story ?? stories.get(site.symbol);
    return story === undefined ? site : { ...site, story };
  });
  return { ...own, sites };
}

function erased(path: string, text: string): string {
  const name = `${path} ${text}`;
  const known = plain.get(name) ?? eraseTypes(text, path);
  plain.set(name, known);
  return known;
}
