/** Bytes over the wire, compressed as a web server would. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Figure } from './bench-figure.ts';
import { root } from './project.ts';
import { eventsIn, recordings } from './record-all.ts';

const chapter = 'knative/02-service';
const dist = join(root, 'dist');
const packed = (data: Uint8Array): number =>
  gzipSync(data, { level: 9 }).byteLength / 1000;

const sizeOf = (path: string): number => packed(readFileSync(join(dist, path)));

/** What a chapter's page costs, piece by piece. */
export function* bytes(): Iterable<Figure> {
  const yardstick = 'an empty Astro page';
  const common = { yardstick, against: emptyPageBytes(), unit: 'kB' };
  const { page, player, views, fonts, traces } = pageBytes();
  yield { name: `${chapter}, before the player`, value: page, ...common };
  yield { name: 'the player, when it is used', value: player, ...common };
  yield { name: 'its views that come later, all', value: views, ...common };
  yield { name: 'fonts', value: fonts, ...common };
  for (const { scenario, size, events } of traces) {
    yield {
      name: `trace ${scenario}, ${String(events)} events`,
      value: size,
      yardstick: '2.5 B an event',
      against: (events * 2.5) / 1000,
      unit: 'kB',
    };
  }
}

interface PageBytes {
  /** The page with the styles and scripts it names, in kB. */
  readonly page: number;
  /** What is fetched when the stage is used. */
  readonly player: number;
  /** What is fetched when views, help and one's own files are opened. */
  readonly views: number;
  readonly fonts: number;
  readonly traces: readonly {
    readonly scenario: string;
    readonly size: number;
    readonly events: number;
  }[];
}

/** What a chapter's page costs its reader. */
function pageBytes(): PageBytes {
  const page = `${chapter}/index.html`;
  const html = readFileSync(join(dist, page), 'utf8');
  const named = [...html.matchAll(/(?:href|src)="([^"]+\.(?:css|js))"/g)].map(
    ([, to = '']) => posix.normalize(posix.join(chapter, to)),
  );
  const first = withImports(new Set(named), fixed);
  const mount = [...withImports(new Set(first), any)].filter((path) =>
    /\/mount\./.test(path),
  );
  const used = withImports(new Set([...first, ...mount]), fixed);
  const all = withImports(new Set(used), any);
  const beyond = (more: Set<string>, less: Set<string>): string[] =>
    [...more].filter((path) => !less.has(path));
  const fonts = readdirSync(join(root, '.cache', 'fonts')).map((name) =>
    readFileSync(join(root, '.cache', 'fonts', name)),
  );
  return {
    page: packed(Buffer.from(html)) + sum([...first].map(sizeOf)),
    player: sum(beyond(used, first).map(sizeOf)),
    views: sum(beyond(all, used).map(sizeOf)),
    fonts: sum(fonts.map((font) => font.byteLength / 1000)),
    traces: recordings()
      .filter((recording) => recording.chapter === chapter)
      .map((recording) => ({
        scenario: recording.scenario,
        size: packed(Buffer.from(recording.text)),
        events: eventsIn(recording),
      })),
  };
}

/** Imports that come with a file, and all that it may ever ask for. */
const fixed = /\bfrom"([^"]+)"|\bimport"([^"]+)"/g;
const any = /["'`(](\.{1,2}\/[\w./-]+\.js)["'`)]/g;

const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, number) => total + number, 0);

/** Files and what they import, by a pattern that finds an import's address. */
function withImports(files: Set<string>, pattern: RegExp): Set<string> {
  for (const file of files) {
    if (!file.endsWith('.js')) continue;
    const text = readFileSync(join(dist, file), 'utf8');
    for (const [, one, two] of text.matchAll(pattern)) {
      const to = one ?? two ?? '';
      files.add(posix.normalize(posix.join(posix.dirname(file), to)));
    }
  }
  return files;
}

/** The yardstick: a page with a title and nothing else, built by Astro. */
function emptyPageBytes(): number {
  const folder = join(root, '.cache', 'empty');
  mkdirSync(join(folder, 'src', 'pages'), { recursive: true });
  writeFileSync(
    join(folder, 'src', 'pages', 'index.astro'),
    '<!doctype html><html lang="en"><head><title>Empty</title></head><body></body></html>\n',
  );
  const astro = join(root, 'node_modules', 'astro', 'bin', 'astro.mjs');
  const { status, stderr } = spawnSync(
    process.execPath,
    [astro, 'build', '--root', folder],
    {
      env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(`Cannot build an empty page: ${stderr}`);
  return packed(readFileSync(join(folder, 'dist', 'index.html')));
}
