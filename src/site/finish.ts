/**
 * What is done to rendered files: links become relative, text is set as in
 * print, and every page gets its content security policy.
 */
import { existsSync, globSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { typeset } from '../player/typeset.ts';
import { siteUrl } from './address.ts';
import { withPolicy } from './policy.ts';
import { linksBelow, relativeLinks } from './relative.ts';

/**
 * Finishes all pages and styles of a folder.
 *
 * @returns how many pages there are
 */
export async function finishPages(folder: string): Promise<number> {
  const pages = globSync('**/*.html', { cwd: folder })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => !path.startsWith('source/'));
  const styles = globSync('assets/*.css', { cwd: folder });
  await Promise.all([
    ...pages.map((page) => finishPage(folder, page)),
    ...styles.map((style) => finishStyle(join(folder, style))),
    finishSitemap(join(folder, 'sitemap-index.xml')),
  ]);
  return pages.length;
}

async function finishPage(folder: string, page: string): Promise<void> {
  const file = join(folder, page);
  const html = await readFile(file, 'utf8');
  const linked =
    page === '404.html' ? notFoundPage(html) : relativeLinks(html, page);
  await writeFile(file, withPolicy(typesetPage(linked)));
}

/** Tags, and elements whose text stands for itself. */
const verbatim =
  /(<(pre|code|script|style|svg|kbd|samp)\b[^>]*>[\s\S]*?<\/\2>|<[^>]*>)/;

/** The words of a page as in print; code and attributes as they are. */
export function typesetPage(html: string): string {
  return html
    .split(verbatim)
    .map((part, i) => (i % 3 === 0 ? typeset(part) : i % 3 === 1 ? part : ''))
    .join('');
}

/** Fonts lie beside the styles that name them. */
async function finishStyle(file: string): Promise<void> {
  const css = await readFile(file, 'utf8');
  await writeFile(file, css.replaceAll('url(/assets/', 'url('));
}

/** Its list of lists knows the host alone, not the folder below it. */
async function finishSitemap(file: string): Promise<void> {
  if (siteUrl === undefined || !existsSync(file)) return;
  const xml = await readFile(file, 'utf8');
  const { origin } = new URL(siteUrl);
  await writeFile(
    file,
    xml.replaceAll(`<loc>${origin}/sitemap`, `<loc>${siteUrl}/sitemap`),
  );
}

/** Served at any depth, so its links start from where the site is. */
function notFoundPage(html: string): string {
  const base = siteUrl === undefined ? '/' : new URL(siteUrl).pathname;
  return linksBelow(relativeLinks(html, '404.html'), base);
}
