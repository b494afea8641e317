import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  excerptOf,
  headerOf,
  symbolsOf,
  withoutTags,
} from '../../src/source/symbols.ts';

const text = `/**
 * The pod workers.
 *
 * @omits metrics
 */
import type { Pod } from './pod.ts';

/** Keeps one worker per pod. */
export class PodWorkers {
  readonly #open = new Map<string, Pod>();

  /**
   * Delivers a request.
   *
   * @story as {options.updateType}
   */
  async updatePod(pod: Pod): Promise<void> {
    if (this.#open.has(pod.uid)) { //DOC: busy
      return;
    }
    const first = 1; //DOC: start
    this.#keep(pod, first);
    await this.wait(); //DOC: start
  }

  #keep(pod: Pod, _first: number): void {
    this.#open.set(pod.uid, pod);
  }
}

export const doUpgrade = (): number => 1;
export type Verb = 'get' | 'list';

function helper(): void {}
`;

test('symbolsOf() names functions, classes, members, types and constants', () => {
  assert.deepEqual(
    symbolsOf(text, 'a.ts').map(({ name, kind, exported }) => [
      name,
      kind,
      exported,
    ]),
    [
      ['PodWorkers', 'class', true],
      ['PodWorkers.#open', 'member', false],
      ['PodWorkers.updatePod', 'member', true],
      ['PodWorkers.#keep', 'member', false],
      ['doUpgrade', 'function', true],
      ['Verb', 'type', true],
      ['helper', 'function', false],
    ],
  );
});

test('symbolsOf() gives the doc comment that stands right above', () => {
  const [workers, , updatePod, keep] = symbolsOf(text, 'a.ts');
  assert.equal(workers!.doc!.text.trim(), 'Keeps one worker per pod.');
  assert.equal(updatePod!.doc!.line, 12);
  assert.match(updatePod!.doc!.text, /^@story as \{options\.updateType\}$/m);
  assert.equal(keep!.doc, undefined);
});

test('symbolsOf() names the file it cannot parse', () => {
  assert.throws(() => symbolsOf('const = 1', 'odd.ts'), {
    name: 'SyntaxError',
    message: /^Cannot parse odd\.ts: /,
  });
});

test('headerOf() finds the comment above the imports', () => {
  assert.deepEqual(headerOf(text, 'a.ts')?.line, 1);
  assert.match(headerOf(text, 'a.ts')!.text, /The pod workers\./);
});

test('headerOf() leaves a comment to the one declaration it stands on', () => {
  assert.equal(headerOf('/** One. */\nexport const a = 1;', 'a.ts'), undefined);
  const two = '/** The file. */\n\n/** One. */\nexport const a = 1;';
  assert.equal(headerOf(two, 'a.ts')?.text, 'The file.');
});

test('excerptOf() gives a member outdented, with its lines', () => {
  const excerpt = excerptOf(text, 'a.ts', 'PodWorkers.updatePod');
  assert.equal(excerpt.line, 17);
  assert.equal(excerpt.end, 24);
  assert.match(excerpt.text, /^async updatePod/);
  assert.match(excerpt.text, /\n {2}if \(this\.#open\.has\(pod\.uid\)\) \{\n/);
  assert.ok(!excerpt.text.includes('DOC'));
});

test('excerptOf() finds a private member with and without its sign', () => {
  const { line } = excerptOf(text, 'a.ts', 'PodWorkers.#keep');
  assert.equal(line, 26);
  assert.equal(excerptOf(text, 'a.ts', 'PodWorkers.keep').line, line);
});

test('excerptOf() takes the statement on which a single tag stands', () => {
  const excerpt = excerptOf(text, 'a.ts', '//DOC: busy');
  assert.deepEqual([excerpt.line, excerpt.end], [18, 20]);
});

test('excerptOf() takes everything between two tags of one name', () => {
  const excerpt = excerptOf(text, 'a.ts', '//DOC: start');
  assert.equal(
    excerpt.text,
    'const first = 1;\nthis.#keep(pod, first);\nawait this.wait();',
  );
});

test('excerptOf() says which symbol is near an unknown one', () => {
  assert.throws(() => excerptOf(text, 'a.ts', 'PodWorkers.updatePodd'), {
    name: 'RangeError',
    message:
      'Cannot find symbol "PodWorkers.updatePodd": did you mean "PodWorkers.updatePod"?',
  });
  assert.throws(() => excerptOf(text, 'a.ts', 'zzzzzzzzzzzz'), {
    message: 'Cannot find symbol "zzzzzzzzzzzz" in a.ts',
  });
  assert.throws(() => excerptOf(text, 'a.ts', '//DOC: bussy'), {
    message: 'Cannot find tag "//DOC: bussy" in a.ts: did you mean "busy"?',
  });
});

test('withoutTags() keeps the number of every line', () => {
  const bare = withoutTags(text);
  assert.ok(!bare.includes('DOC'));
  assert.equal(bare.split('\n').length, text.split('\n').length);
});
