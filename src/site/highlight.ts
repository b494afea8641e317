/**
 * Highlighting at build time, in four quiet kinds: keyword, string, comment
 * and the rest.
 *
 * Shiki's theme of CSS variables marks every token with a style attribute.
 * These become one short class or nothing, which makes the pages smaller and
 * lets them live under a strict content security policy.
 */
import { createCssVariablesTheme, createHighlighter } from 'shiki';
import type { ShikiTransformer, ThemedToken } from 'shiki';

export const codeTheme = createCssVariablesTheme({
  name: 'ink',
  variablePrefix: '--code-',
  fontStyle: false,
});

const classes: readonly (readonly [RegExp, string])[] = [
  [/token-keyword/, 'k'],
  [/token-string/, 's'],
  [/token-comment/, 'c'],
];

/** Shells have words, not a grammar worth showing. */
const plainLanguages = ['sh', 'bash', 'console', 'text', 'plaintext'];

/** Operators count as keywords to the grammar and not to us. */
const isWord = (text: string): boolean => /[a-z@]/i.test(text);

function classOf(style: string | undefined): string | undefined {
  return classes.find(([pattern]) => pattern.test(style ?? ''))?.[1];
}

/** For the code blocks that MDX highlights: classes instead of styles. */
export const codeTransformers: ShikiTransformer[] = [
  {
    name: 'classes-for-styles',
    span(node) {
      const { style } = node.properties;
      const [first] = node.children;
      const text = first?.type === 'text' ? first.value : '';
      const isQuiet = plainLanguages.includes(this.options.lang);
      const found =
        typeof style === 'string' && !isQuiet && isWord(text)
          ? classOf(style)
          : undefined;
      delete node.properties['style'];
      if (found !== undefined) node.properties['class'] = found;
    },
    pre(node) {
      delete node.properties['style'];
      node.properties['class'] = 'block';
    },
    line(node) {
      node.properties['class'] = 'line';
    },
  },
];

let started: ReturnType<typeof createHighlighter> | undefined;

/**
 * Highlights TypeScript.
 *
 * @returns the HTML of each line, without its line break
 */
export async function highlightLines(text: string): Promise<string[]> {
  started ??= createHighlighter({ themes: [codeTheme], langs: ['ts'] });
  const highlighter = await started;
  const { tokens } = highlighter.codeToTokens(text, {
    lang: 'ts',
    theme: 'ink',
  });
  return tokens.map((line) => lineHtml(line));
}

function lineHtml(tokens: readonly ThemedToken[]): string {
  let html = '';
  let open: string | undefined;
  for (const token of tokens) {
    const blank = token.content.trim() === '';
    const found = classOf(token.color);
    const isOperator = found === 'k' && !isWord(token.content);
    const wanted = blank ? open : isOperator ? undefined : found;
    if (wanted !== open) {
      if (open !== undefined) html += '</span>';
      if (wanted !== undefined) html += `<span class="${wanted}">`;
      open = wanted;
    }
    html += escapeHtml(token.content);
  }
  return open === undefined ? html : `${html}</span>`;
}

/** Text as HTML, also within attributes in double quotes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
