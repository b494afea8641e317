/**
 * From the sources to `dist`: record every scenario, cut the fonts, render the
 * pages, make their links relative, index them, check them.
 *
 * Everything happens in a folder of its own, which takes the place of `dist`
 * at the very end: a build that fails leaves the last good one.
 */
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { checkBeats } from './check-beats.ts';
import { checkSite } from './check.ts';
import { finishPages } from './finish.ts';
import { makeFonts } from './fonts.ts';
import { indexSite } from './index-site.ts';
import { root } from './project.ts';
import { recordAll } from './record-all.ts';
import { renderPages } from './render.ts';
import { markBuilt, siteHash } from './stamp.ts';
import { count } from './words.ts';

/** Builds the whole site; says what it does on stderr. */
export async function buildSite(): Promise<void> {
  const started = performance.now();
  const hash = siteHash();
  const made = join(root, '.cache', `dist-${String(process.pid)}`);
  try {
    await makeSite(made);
    await rm(join(root, 'dist'), { recursive: true, force: true });
    await rename(made, join(root, 'dist'));
  } finally {
    await rm(made, { recursive: true, force: true });
  }
  markBuilt(hash);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stderr.write(`Built dist/ in ${seconds} s\n`);
}

async function makeSite(made: string): Promise<void> {
  await stage('Recording the scenarios', async () => {
    const { scenarios, events } = await recordAll();
    return `${count(scenarios, 'scenario')}, ${count(events, 'event')}`;
  });
  await stage('Checking the beats', () => Promise.resolve().then(checkBeats));
  await stage('Cutting the fonts', async () => {
    const bytes = await makeFonts(join(root, '.cache', 'fonts'));
    return `${String(Math.round(bytes / 1000))} kB`;
  });
  await stage('Rendering the pages', async () => {
    await renderPages(made);
    return 'done';
  });
  await stage('Making links relative', async () =>
    count(await finishPages(made), 'page'),
  );
  await stage('Indexing for the search', () => indexSite(made));
  await stage('Checking the links', () =>
    Promise.resolve().then(() => checkSite(made)),
  );
}

async function stage(name: string, work: () => Promise<string>): Promise<void> {
  const started = performance.now();
  process.stderr.write(`${name} … `);
  const result = await work();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stderr.write(`${result} (${seconds} s)\n`);
}
