/**
 * Which files of the project a file reaches by its imports.
 */
import { existsSync } from 'node:fs';
import { projectRoot, readSource } from '../source/files.ts';

const specifier = /(?:\bfrom|\bimport)\s*\(?\s*'(?<path>\.{1,2}\/[^']+)'/g;

/** The files themselves and everything they import, however far away. */
export function reachedFrom(entries: readonly string[]): string[] {
  const reached = new Set<string>();
  const waiting = [...entries];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    if (!path.endsWith('.ts')) continue;
    for (const { groups } of readSource(path).text.matchAll(specifier)) {
      const url = new URL(groups?.['path'] ?? '', new URL(path, projectRoot));
      const found = decodeURI(url.href.slice(projectRoot.href.length));
      if (existsSync(url)) waiting.push(found);
    }
  }
  return [...reached].sort();
}
