/** The teachers' pages name what exists, and answer none of their questions. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, test } from 'node:test';
import { exerciseNamed } from '../../src/chapter/exercises.ts';
import { findExercises } from '../../src/exercise/materials.ts';
import { readSource } from '../../src/source/files.ts';
import { answerKeys } from './answer-key.ts';

const pages = globSync('content/classroom/*.mdx')
  .sort()
  .map((path) => ({
    part: basename(path, '.mdx'),
    text: readFileSync(path, 'utf8'),
  }));
const keys = answerKeys();
const exercises = findExercises();

test('each page has a key to its questions', () => {
  const parts = keys.map(({ part }) => part);
  assert.deepEqual(
    parts,
    pages.map(({ part }) => part),
  );
});

for (const { part, text } of pages) {
  describe(`the teacher's page of ${part}`, () => {
    test('asks what the key answers, in the same order', () => {
      const { questions } = keys.find((key) => key.part === part)!;
      assert.deepEqual(sectionOf(text, 'Questions to ask'), questions);
    });

    test('answers none of it', () => {
      const { telling } = keys.find((key) => key.part === part)!;
      const flat = text.replace(/\s+/g, ' ');
      assert.ok(telling.length >= 10);
      for (const words of telling) assert.ok(!flat.includes(words), words);
    });

    test('shows steps of the story, which is what a class sees', () => {
      const steps = [...text.matchAll(/<Step\s+([^>]+)>/g)];
      assert.ok(steps.length >= 10);
      for (const [, attributes = ''] of steps) {
        const { of = '', run = '', at = '' } = valuesOf(attributes);
        const story = readSource(`tests/stories/${of}/${run}.txt`).text;
        assert.ok(story.includes(`  ${at}  —`), `${of} ${run} "${at}"`);
      }
    });

    test('sets exercises of this part', () => {
      const names = text.matchAll(/\b[a-z]+\/\d\d\/[a-z-]+\b/g);
      const found = [...names].map(([name]) => exerciseNamed(exercises, name));
      assert.ok(found.length >= 3);
      for (const { id } of found) assert.ok(id.startsWith(`${part}/`), id);
    });

    test('fills 50 minutes, and 90', () => {
      const spans = [...text.matchAll(/^\| (\d+)–(\d+) +\|/gm)];
      const ends = spans.map(([, , end]) => Number(end));
      const starts = spans.map(([, start]) => Number(start));
      const before = ends.map((end) => (end === 50 ? 0 : end));
      assert.deepEqual(starts, [0, ...before.slice(0, -1)]);
      assert.deepEqual([ends.includes(50), ends.at(-1)], [true, 90]);
    });
  });
}

/** The points of a list below a heading. */
function sectionOf(text: string, heading: string): string[] {
  const [, rest = ''] = text.split(`\n## ${heading}\n`);
  const [section = ''] = rest.split('\n## ');
  return [...section.matchAll(/^- (.+)$/gm)].map(([, point = '']) => point);
}

const valuesOf = (attributes: string): Record<string, string> =>
  Object.fromEntries(
    [...attributes.matchAll(/(\w+)="([^"]*)"/g)].map(
      ([, name = '', value = '']) => [name, value],
    ),
  );
