/**
 * Last look at the built site: no link or file that leads nowhere, and nothing
 * that would be fetched from another host.
 */
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { count } from './words.ts';

const addresses =
  /<(?<tag>[a-z-]+)\b[^<>]*?\s(?<name>href|src|component-url|renderer-url)="(?<to>[^"]*)"/g;

/**
 * Checks every page.
 *
 * @throws {Error} with all findings
 */
export function checkSite(dist: string): string {
  const pages = globSync('**/*.html', { cwd: dist })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => !path.startsWith('source/') && path !== '404.html');
  const ids = new Map<string, ReadonlySet<string>>();
  const problems = pages.flatMap((page) => problemsOf(dist, page, ids));
  if (problems.length > 0) {
    throw new Error(`failed\n${problems.join('\n')}`);
  }
  return `${count(pages.length, 'page')}, no dead link`;
}

function problemsOf(
  dist: string,
  page: string,
  ids: Map<string, ReadonlySet<string>>,
): string[] {
  const html = readFileSync(join(dist, page), 'utf8');
  return [...html.matchAll(addresses)].flatMap(({ groups }) => {
    const { tag = '', name = '', to = '' } = groups ?? {};
    const foreign = /^[a-z]+:/i.test(to);
    const loads = name !== 'href' || tag === 'link';
    if (foreign) {
      const isAddressOnly = /rel="(canonical|external|sitemap)/.test(html);
      return loads &&
        !(tag === 'link' && isAddressOnly) &&
        !to.startsWith('data:')
        ? [`${page} loads from another host: ${to}`]
        : [];
    }
    return isThere(dist, page, to, ids) ? [] : [`${page} leads nowhere: ${to}`];
  });
}

function isThere(
  dist: string,
  page: string,
  to: string,
  ids: Map<string, ReadonlySet<string>>,
): boolean {
  const [path = '', fragment] = to.split('#');
  const plain = decodeURIComponent(path.split('?')[0] ?? '');
  const target = normalize(plain === '' ? page : join(dirname(page), plain));
  if (target.startsWith('..')) return false;
  let file = join(dist, target);
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) {
    file = join(file, 'index.html');
  }
  if (!existsSync(file)) return false;
  const isAnchor = fragment !== undefined && !fragment.includes('=');
  if (!isAnchor || fragment === '') return true;
  let found = ids.get(file);
  if (found === undefined) {
    const text = readFileSync(file, 'utf8');
    found = new Set(
      [...text.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id ?? ''),
    );
    ids.set(file, found);
  }
  return found.has(decodeURIComponent(fragment));
}
