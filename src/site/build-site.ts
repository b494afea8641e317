/**
 * From the sources to `dist`: record every scenario, cut the fonts, render the
 * pages, make their links relative, index them, check them.
 */
import { spawn } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { globSync } from 'node:fs';
import { siteUrl } from './address.ts';
import { checkSite } from './check.ts';
import { makeFonts } from './fonts.ts';
import { indexSite } from './index-site.ts';
import { withPolicy } from './policy.ts';
import { root } from './project.ts';
import { recordAll } from './record-all.ts';
import { linksBelow, relativeLinks } from './relative.ts';
import { markBuilt } from './stamp.ts';
import { count } from './words.ts';

const dist = join(root, 'dist');

/** Builds the whole site; says what it does on stderr. */
export async function buildSite(): Promise<void> {
  const started = performance.now();
  await stage('Recording the scenarios', async () => {
    const { scenarios, events } = await recordAll();
    return `${count(scenarios, 'scenario')}, ${count(events, 'event')}`;
  });
  await stage('Cutting the fonts', async () => {
    const bytes = await makeFonts(join(root, '.cache', 'fonts'));
    return `${String(Math.round(bytes / 1000))} kB`;
  });
  await stage('Rendering the pages', renderPages);
  await stage('Making links relative', async () => {
    const pages = pagesOf();
    await Promise.all([
      ...pages.map(finishPage),
      ...stylesOf().map(finishStyle),
    ]);
    return count(pages.length, 'page');
  });
  await stage('Indexing for the search', () => indexSite(dist));
  await stage('Checking the links', () => Promise.resolve(checkSite(dist)));
  markBuilt();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stderr.write(`Built dist/ in ${seconds} s\n`);
}

async function stage(name: string, work: () => Promise<string>): Promise<void> {
  const started = performance.now();
  process.stderr.write(`${name} … `);
  const result = await work();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stderr.write(`${result} (${seconds} s)\n`);
}

/**
 * Runs Astro; its own report is shown only when it fails.
 *
 * @throws {Error} with what Astro said, its stack frames left out
 */
async function renderPages(): Promise<string> {
  await rm(dist, { recursive: true, force: true });
  const astro = join(root, 'node_modules', 'astro', 'bin', 'astro.mjs');
  const child = spawn(process.execPath, [astro, 'build'], {
    cwd: root,
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => said.push(chunk));
  }
  const code = await new Promise<number | null>((settle, fail) => {
    child.once('error', fail).once('close', settle);
  });
  if (code !== 0) throw new Error(reasonIn(Buffer.concat(said).toString()));
  return count(pagesOf().length, 'page');
}

/** What an author needs of Astro's report: its message, not its frames. */
function reasonIn(report: string): string {
  const lines = report
    .split('\n')
    .filter((line) => !/^\s+at |[├└]─|^\s*$|Stack trace:/.test(line));
  const from = lines.findIndex((line) => /\bERROR\b|^Cannot/.test(line));
  const said = (from < 0 ? lines.slice(-12) : lines.slice(from))
    .map((line) => line.replace(/^[\d:]+ (?:\[\w+\] )*/, ''))
    .filter((line, index, all) => all.indexOf(line) === index);
  return `failed\n${said.slice(0, 12).join('\n')}`;
}

/** Pages, without the fragments of the source view. */
function pagesOf(): string[] {
  return globSync('**/*.html', { cwd: dist })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => !path.startsWith('source/'))
    .sort();
}

const stylesOf = (): string[] => globSync('assets/*.css', { cwd: dist });

/** Fonts lie beside the styles that name them. */
async function finishStyle(style: string): Promise<void> {
  const file = join(dist, style);
  const css = await readFile(file, 'utf8');
  await writeFile(file, css.replaceAll('url(/assets/', 'url('));
}

async function finishPage(page: string): Promise<void> {
  const file = join(dist, page);
  const html = await readFile(file, 'utf8');
  const linked =
    page === '404.html' ? notFoundPage(html) : relativeLinks(html, page);
  await writeFile(file, withPolicy(linked));
}

/** Served at any depth, so its links start from where the site is. */
function notFoundPage(html: string): string {
  const base = siteUrl === undefined ? '/' : new URL(siteUrl).pathname;
  return linksBelow(relativeLinks(html, '404.html'), base);
}
