/**
 * The beats of a chapter's page, with their text as a terminal can show it.
 */
import { existsSync } from 'node:fs';
import type { Beat } from '../../player/state.ts';
import { outlineOf } from '../../site/outline.ts';
import { projectRoot, readSource } from '../../source/files.ts';

export interface ProseBeat extends Beat {
  /** Paragraphs without their marks. */
  readonly text: readonly string[];
}

/** The beats of a chapter, in the order of its text; none without a page. */
export function beatsOf(
  chapter: string,
  scenarios: readonly string[],
): ProseBeat[] {
  const path = `content/${chapter}/index.mdx`;
  if (!/^[a-z]+\/[\w-]+$/u.test(chapter)) return [];
  if (!existsSync(new URL(path, projectRoot))) return [];
  const { text } = readSource(path);
  const passages = [
    ...text.matchAll(/<Beat\b[^>]*?(?:\/>|>(?<body>.*?)<\/Beat>)/gsu),
  ].map(({ groups }) => paragraphs(groups?.['body'] ?? ''));
  return outlineOf(text, scenarios[0] ?? '').beats.map(
    ({ at, scenario, n }, index) => ({
      id: `beat-${String(n)}`,
      scenario,
      address: at,
      text: passages[index] ?? [],
    }),
  );
}

/** Markdown as plain text: enough for the few marks that prose uses. */
function paragraphs(body: string): string[] {
  return body
    .replaceAll(/^(?:```|~~~).*?^(?:```|~~~)/gmsu, '')
    .replaceAll(/<[^>]+>/gu, '')
    .replaceAll(/\[(?<text>[^\]]*)\]\([^)]*\)/gu, '$<text>')
    .replaceAll(/\*\*|(?<!\w)[_*]|[_*](?!\w)/gu, '')
    .split(/\n\s*\n/u)
    .map((one) => one.replaceAll(/\s+/gu, ' ').trim())
    .filter((one) => one !== '');
}
