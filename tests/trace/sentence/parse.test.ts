import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { parse } from '@messageformat/parser';
import type { Token as LibraryToken } from '@messageformat/parser';
import { readStories } from '../../../src/trace/instrument/stories.ts';
import catalogue from '../../../src/trace/sentence/en.json' with { type: 'json' };
import { parseMessage } from '../../../src/trace/sentence/parse.ts';
import type { Token } from '../../../src/trace/sentence/parse.ts';
import { readTag } from '../../../src/trace/sentence/tags.ts';

/** The library's tokens in our words. */
function ours(tokens: readonly LibraryToken[]): Token[] {
  return tokens.map((token): Token => {
    if (token.type === 'content') return { type: 'text', text: token.value };
    if (token.type === 'octothorpe') return { type: 'number' };
    const name = token.arg.replaceAll('_dot_', '.');
    if (!('cases' in token)) return { type: 'argument', name };
    const cases = token.cases.map(({ key, tokens: inner }) => ({
      key,
      tokens: ours(inner),
    }));
    return { type: 'choice', name, cases };
  });
}

/** ICU has no dots in names. */
const undotted = (template: string): string =>
  template.replace(/\{[\w$.]+/gu, (path) => path.replaceAll('.', '_dot_'));

function agree(template: string): void {
  assert.deepEqual(parseMessage(template), ours(parse(undotted(template))));
}

/** All there are in the teaching code. */
function storyLines(): string[] {
  const files = globSync('runnable/**/*.ts');
  const comments = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\/\*\*([^]*?)\*\//gu)].map(
      ([comment]) => comment,
    ),
  );
  return comments.flatMap((comment) => readStories(comment));
}

describe('parseMessage()', () => {
  it('reads the catalogue as the library does', () => {
    for (const template of Object.values(catalogue).flat()) agree(template);
  });

  it('reads every @story line as the library does', () => {
    const lines = storyLines();
    assert.ok(lines.length > 50);
    for (const line of lines) {
      const { form, text } = readTag(line);
      if (form !== 'as') agree(text);
    }
  });

  it('finds a sentence in every @story line that should have one', () => {
    for (const line of storyLines()) {
      const { form, text } = readTag(line);
      const clause = form === 'as' || form === 'because';
      assert.ok(clause || /^[`{"A-Z]/u.test(text), line);
    }
  });

  it('keeps what is quoted', () => {
    for (const template of ["It's '{'a'}' and ''b''", "'{x}' {y}", '# {n}']) {
      agree(template);
    }
  });

  it('refuses what is no message, naming the place', () => {
    for (const wrong of ['{', 'a } b', '{a, plural, one {x}', '{a, date}']) {
      assert.throws(() => parseMessage(wrong), SyntaxError);
    }
  });
});
