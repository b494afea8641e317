/**
 * Rules about the files themselves: which may import which, how long they may
 * be, what they must say and must not say.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pathsBelow, readSource, sourcesBelow } from '../src/source/files.ts';
import type { SourceFile } from '../src/source/ledger.ts';
import { importCycles, nodeImports, wrongImports } from './tidy/imports.ts';
import {
  bannedWords,
  commentedOut,
  manyTags,
  tooLong,
  undocumented,
  unresolvedTags,
} from './tidy/texts.ts';

const code = ['.ts', '.tsx'];
const texts = [...code, '.astro', '.mdx', '.md', '.css', '.js', '.mjs'];
const runnable = sourcesBelow('runnable');
const src = sourcesBelow('src', code);
const tests = sourcesBelow('tests', code);
const written = [
  ...['runnable', 'src', 'tests', 'content'].flatMap((folder) =>
    pathsBelow(folder, texts),
  ),
  ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'eslint.config.js'],
].map(readSource);

/** What is asked of each teaching file is asked at once: it is parsed once. */
const faults = runnable.map((file) => ({
  imports: wrongImports(file),
  tags: unresolvedTags(file),
  silences: undocumented(file),
}));

/** Fails with one line for each fault. */
function none(faults: readonly string[]): void {
  assert.ok(faults.length === 0, `\n${faults.join('\n')}`);
}

const at = (path: string, text: string): SourceFile => ({ path, text });

/** What this file itself may not hold in one piece. */
const apart = (...pieces: readonly string[]): string => pieces.join('');

describe('the project', () => {
  test('imports in one direction only', () => {
    none([
      ...faults.flatMap(({ imports }) => imports),
      ...src.flatMap(wrongImports),
    ]);
  });

  test('has no circle of imports at run time', () => {
    none(importCycles([...runnable, ...src, ...tests]));
  });

  test('keeps Node out of what also runs in a browser', () => {
    const browser = ['src/trace/', 'src/player/', 'runnable/'];
    none(
      [...runnable, ...src]
        .filter(({ path }) => browser.some((part) => path.startsWith(part)))
        .flatMap(nodeImports),
    );
  });

  test('has no teaching file that is too long to read at once', () => {
    none(runnable.flatMap((file) => tooLong(file, 300)));
  });

  test('names only originals that the index knows', () => {
    none(faults.flatMap(({ tags }) => tags));
  });

  test('documents every exported function and class that it teaches', () => {
    none(faults.flatMap(({ silences }) => silences));
  });

  test('marks at most two places of a teaching file for chapters', () => {
    none(runnable.flatMap(manyTags));
  });

  test('holds no banned words', () => {
    none(written.flatMap(bannedWords));
  });

  test('holds no code in comments', () => {
    none([...runnable, ...src, ...tests].flatMap(commentedOut));
  });
});

describe('the rules', () => {
  test('wrongImports() finds an import against the direction', () => {
    for (const [path, specifier] of [
      ['runnable/sim/a.ts', '../apiserver/store.ts'],
      ['runnable/apiserver/a.ts', '../client-go/b.ts'],
      ['runnable/knative/x/a.ts', '../../kubelet/b.ts'],
      ['runnable/tomcat/a.ts', '../apiserver/store.ts'],
      ['runnable/tomcat/a.ts', 'node:fs'],
      ['runnable/kubelet/a.ts', 'yaml'],
      ['runnable/kubelet/a.ts', '../../src/trace/format.ts'],
      ['runnable/scenarios/kubelet/02-x/a.ts', '../../../../src/a.ts'],
      ['src/chapter/a.ts', '../../tests/tidy/texts.ts'],
    ] as const) {
      const file = at(path, `import { a } from '${specifier}';`);
      assert.deepEqual(wrongImports(file), [`${path} imports ${specifier}`]);
      const late = at(path, `const a = await import('${specifier}');`);
      assert.equal(wrongImports(late).length, 1);
    }
  });

  test('wrongImports() lets the given direction through', () => {
    for (const [path, specifier] of [
      ['runnable/apiserver/a.ts', '../sim/sim.ts'],
      ['runnable/knative/x/a.ts', '../../client-go/tools/b.ts'],
      ['runnable/tomcat/a.ts', '../ports.ts'],
      ['runnable/scenarios/whole/01-x/a.ts', '../../../knative/a.ts'],
      ['src/chapter/a.ts', 'commander'],
      ['tests/a.test.ts', './tidy/texts.ts'],
    ] as const) {
      const file = at(path, `import { a } from '${specifier}';`);
      assert.deepEqual(wrongImports(file), []);
    }
  });

  test('nodeImports() finds what a browser has not', () => {
    const file = at('src/trace/a.ts', "export { a } from 'node:fs';");
    assert.equal(nodeImports(file).length, 1);
  });

  test('importCycles() finds a circle, and lets types close one', () => {
    const a = at('runnable/a.ts', "import { b } from './b.ts';");
    const b = at('runnable/b.ts', "export { c } from './c.ts';");
    const c = at('runnable/c.ts', "import { a } from './a.ts';");
    assert.deepEqual(importCycles([a, b, c]), [
      'runnable/a.ts → runnable/b.ts → runnable/c.ts → runnable/a.ts',
    ]);
    const typed = at('runnable/c.ts', "import type { a } from './a.ts';");
    assert.deepEqual(importCycles([a, b, typed]), []);
  });

  test('tooLong() counts lines', () => {
    assert.deepEqual(tooLong(at('a.ts', '1\n2\n3\n'), 3), []);
    assert.deepEqual(tooLong(at('a.ts', '1\n2\n3\n4\n'), 3), [
      'a.ts has 4 lines: 3 are allowed',
    ]);
  });

  test('unresolvedTags() finds a wrong path, symbol and form', () => {
    const tagged = (tag: string): SourceFile =>
      at('a.ts', `/**\n * @upstream ${tag}\n */\nexport const a = 1;`);
    const path = 'knative/serving v0.4.1 pkg/activator/dedupe.go';
    assert.deepEqual(
      unresolvedTags(tagged(`${path} NewDedupingActivator`)),
      [],
    );
    for (const tag of [
      `${path} NewDedupingActivatr`,
      'knative/serving v0.4.1 pkg/nothing.go A',
      'knative/serving v0.4.2 pkg/activator/dedupe.go A',
      'knative/serving',
    ]) {
      assert.equal(unresolvedTags(tagged(tag)).length, 1, tag);
    }
  });

  test('undocumented() wants a comment on functions and classes', () => {
    const file = at(
      'a.ts',
      '/** A. */\nexport function a() {}\nexport class B {}\nclass C {}\nexport const d = 1;',
    );
    assert.deepEqual(undocumented(file), ['a.ts:3 B has no doc comment']);
  });

  test('undocumented() lets a header speak for what the file is about', () => {
    const header = "/** The file. */\nimport { a } from './a.ts';\n";
    const one = 'export class PodWorkers {}\n';
    const two = `${one}export function other() {}\n`;
    assert.deepEqual(undocumented(at('x/any.ts', header + one)), []);
    assert.equal(undocumented(at('x/any.ts', one)).length, 1);
    assert.deepEqual(undocumented(at('x/pod-workers.ts', header + two)), [
      'x/pod-workers.ts:4 other has no doc comment',
    ]);
    assert.equal(undocumented(at('x/any.ts', header + two)).length, 2);
  });

  test('manyTags() allows two names', () => {
    const tags = (...names: string[]): SourceFile =>
      at('a.ts', names.map((name) => `x(); //DOC: ${name}`).join('\n'));
    assert.deepEqual(manyTags(tags('a', 'a', 'b')), []);
    assert.equal(manyTags(tags('a', 'b', 'c')).length, 1);
  });

  test('bannedWords() finds each of them with its line', () => {
    for (const line of [
      apart('// TO', 'DO later'),
      apart('// FIX', 'ME'),
      apart('// @ts-', 'ignore'),
      apart("const a = '", '/home', "/me';"),
      apart('test.', "only('a', b);"),
      apart('// eslint-', 'disable-next-line no-var'),
      '<'.repeat(7),
    ]) {
      const [fault] = bannedWords(at('a.ts', `ok\n${line}`));
      assert.match(fault ?? '', /^a\.ts:2 /, line);
    }
    const fine = apart('// eslint-', 'disable-next-line no-var -- a reason');
    assert.deepEqual(bannedWords(at('a.ts', fine)), []);
  });

  test('commentedOut() tells code from prose', () => {
    for (const line of [
      '// const a = 1;',
      '  // if (a) {',
      '// call(1, 2);',
      '// this.a = 3;',
      '// }',
    ]) {
      assert.equal(commentedOut(at('a.ts', line)).length, 1, line);
    }
    for (const line of [
      '// If a is set, b follows.',
      '// return early: nothing to do',
      '// f(x) is monotonic',
      '/* const is a keyword; */',
    ]) {
      assert.deepEqual(commentedOut(at('a.ts', line)), [], line);
    }
  });
});
