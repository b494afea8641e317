import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sourcesBelow } from '../../../src/source/files.ts';
import { instrument } from '../../../src/trace/instrument/instrument.ts';
import { rowsOf } from '../rows.ts';
import { runText } from './run.ts';

/** Symbols of the calls, in order. */
async function callsOf(text: string): Promise<string[]> {
  const { exports, trace } = await runText(text);
  await (exports['main'] as () => unknown)();
  return rowsOf(trace()).flatMap(({ kind, symbol }) =>
    kind === 'call' ? [symbol ?? ''] : [],
  );
}

/** What `main` returned, and what variable writes were seen. */
async function writesOf(text: string): Promise<[unknown, string[]]> {
  const { exports, trace } = await runText(text);
  const result = await (exports['main'] as () => unknown)();
  const writes = rowsOf(trace()).flatMap(({ kind, name, value }) =>
    kind === 'var' ? [`${name ?? ''}=${String(value)}`] : [],
  );
  return [result, writes];
}

test('instrument() keeps every line where it is', () => {
  for (const { path, text } of sourcesBelow('runnable')) {
    if (path.startsWith('runnable/sim/')) continue;
    const { code } = instrument(text, path);
    const footer = '\n;__t.exit($f0);';
    assert.ok(code.endsWith(footer));
    const lines = code.slice(0, -footer.length).split('\n');
    assert.equal(lines.length, text.split('\n').length, path);
    for (const [at, line] of lines.entries()) {
      for (const [, number] of line.matchAll(/__t\.line\(\$f\d+,(\d+)\);/g)) {
        assert.equal(Number(number), at + 1, path);
      }
    }
  }
});

test('instrument() names functions by class, variable and place', () => {
  const text = `
    export class A { constructor() {} m() {} static s() {} #p() {} get g() { return 1; }
      arrow = () => () => 1; [Symbol.iterator]() {} [x]() {} 'quoted'() {} }
    function f() { const inner = () => [1].map((x) => x); function named() {} return inner; }
    export const table = { one() {}, two: () => 1, three: { four() {} } };
    export const B = class { m() {} };
    f(() => 1, function named() {}, { take() {} });
    export default () => 1;
  `;
  const symbols = instrument(text, 'a.ts').sites.map(({ symbol }) => symbol);
  assert.deepEqual(symbols, [
    '<module>',
    'A.constructor',
    'A.m',
    'A.s',
    'A.#p',
    'A.g',
    'A.arrow',
    'A.arrow.func1',
    'A.[Symbol.iterator]',
    'A.[x]',
    'A.quoted',
    'f',
    'f.inner',
    'f.inner.func1',
    'f.named',
    'table.one',
    'table.two',
    'table.three.four',
    'B.m',
    'func1',
    'named',
    'take',
    'default',
  ]);
});

test('instrument() gives sites their lines and parameters', () => {
  const text =
    'async function f(a: number, { b, c: [d] }: X, ...e: Y[]) {\n\n}';
  assert.deepEqual(instrument(text, 'a.ts').sites[1], {
    symbol: 'f',
    line: 1,
    end: 3,
    params: ['a', 'b', 'd', 'e'],
    async: true,
  });
});

const sameResult = {
  'empty bodies': `
    function none() {} const arrow = () => {}; class A { m() {} }
    export function main() { none(); arrow(); new A().m(); for (const x of [1]) {} return 'ok'; }`,
  'comments at ends': `
    export function main() { // one
      const a = () => 1 // two
      if (a()) return 'ok' // three
      return 'no' // four
    } // five`,
  'statements without braces': `
    export function main() { let n = 0;
      if (n) n = 1; else if (n === 0) n = 2; else n = 3;
      for (const x of [1, 2]) n += x
      for (let i = 0; i < 2; i++) n++
      while (n < 10) n++
      do n++; while (n < 12)
      for (;;) break
      return n === 12 ? 'ok' : n }`,
  labels: `
    export function main() { let n = 0;
      outer: for (const a of [1, 2, 3]) { for (const b of [1, 2]) { if (b === 2) continue outer; if (a === 3) break outer; n += a; } }
      block: { if (n === 3) break block; n = 9; }
      return n === 3 ? 'ok' : n }`,
  'finally and throw': `
    const seen: string[] = [];
    function f(): string { try { throw new Error('a'); } catch (e) { seen.push('c'); throw e; } finally { seen.push('f'); } }
    function g(): string { try { return f(); } finally { return 'ok'; } }
    export function main() { const r = g(); return seen.join('') === 'cf' ? r : seen }`,
  closures: `
    export function main() { const fs: (() => number)[] = []; for (let i = 0; i < 3; i++) fs.push(() => i++);
      return fs.map((f) => f() + f()).join() === '1,3,5' ? 'ok' : fs }`,
  'default arguments': `
    function f(a = 1, b = () => a, { c = 2, ...d }: any = {}, ...e: number[]) { a = 5; return [a, b(), c, Object.keys(d).length, e.length].join() }
    export const main = () => f(undefined, undefined, { x: 1 }, 1, 2) === '5,1,2,1,2' || f(undefined, undefined, { x: 1 }, 1, 2) === '5,5,2,1,2' ? 'ok' : f()`,
  generators: `
    function* g(): Generator<number, string, number> { try { const x = yield 1; yield x * 2; yield* [7, 8]; return 'r'; } finally { yield 9; } }
    function* h(): Generator<any, any, any> { const r = yield* g(); yield r; yield }
    export function main() { const it = h(); return [it.next(), it.next(21), it.next(), it.next(), it.next(), it.next(), it.next(), it.next()].map(({ value }) => value).join() === '1,42,7,8,9,r,,' ? 'ok' : 'no' }`,
  'asynchronous generators': `
    async function* g(n: number) { try { for (let i = 0; i < n; i++) { await null; yield i; } } finally { await null; } }
    async function* h() { yield* g(2); yield 'x' }
    export async function main() { const seen: unknown[] = []; for await (const x of h()) seen.push(x); for await (const x of g(9)) { if (x > 1) break; seen.push(x); }
      for await (const x of [Promise.resolve('p'), 'q']) seen.push(x); return seen.join('') === '01x01pq' ? 'ok' : seen }`,
  'private and static members': `
    class A { static #n = 1; static { A.#n = 2; } #x = A.#n; #m() { return this.#x; } static of(o: object) { return #x in o; } get v() { return this.#m(); } set v(x: number) { this.#x += x; } }
    class B extends A { #y; constructor() { super(); this.#y = 1; } sum() { return this.v + this.#y; } }
    export function main() { const b = new B(); b.v = 4; return A.of(b) && !A.of({}) && b.sum() === 7 ? 'ok' : b.sum() }`,
  'writes of every form': `
    export function main() { let a = 1, b: any = { c: { d: 1 }, e: [1] }, x; [a, b.c.d] = [2, 3]; ({ a, ...x } = { a: 4, y: 5 }); a ||= 1; a &&= 6; b.z ??= 7; (a as any) = 8; b!.e[0]! += 1;
      b.e.push(...[1]); delete b.c; a++; --a; for (x of [1]); for (b.k in { q: 1 }); return [a, JSON.stringify(b), x].join() === '8,{"e":[2,1],"z":7,"k":"q"},1' ? 'ok' : [a, JSON.stringify(b), x] }`,
  'arrows that return': `
    const o = () => ({ a: 1 }); const c = (a: number) => (b: number) => a + b; const t = (x: any) => x as string; const y = async () => await 1;
    export async function main() { return o().a + c(1)(2) + (await y()) === 5 && t('') === '' ? 'ok' : 'no' }`,
  'switch with declarations': `
    export function main() { switch (2 as number) { case 1: const a = 1; return a; case 2: { const a = 'ok'; return a; } default: } return 'no' }`,
  'new.target, spread, tags and templates': `
    class A { t = new.target === undefined; constructor(...xs: number[]) { this.t = xs.length === 2 && new.target === A; } }
    const tag = (s: TemplateStringsArray, ...v: unknown[]) => s.join('-') + v.join();
    export const main = () => new A(...[1, 2]).t && tag\`a\${1}b\${\`\${2}\`}c\` === 'a-b-c1,2' ? 'ok' : 'no'`,
  'optional chains': `
    export function main() { const a: any = { f() { return this.x; }, x: 'ok', s: new Set() }; const n: any = undefined; n?.f(); n?.s.add(1); a.s?.add(2); return a?.s.size === 1 ? a?.f?.() : 'no' }`,
  'an object that goes away while it is changed': `
    export function main() { const a: any = { b: { delete() { a.b = undefined; return 'ok'; } } }; return a.b.delete('x') }`,
};

for (const [what, text] of Object.entries(sameResult)) {
  test(`instrument() changes no result: ${what}`, async () => {
    const { exports } = await runText(text);
    assert.equal(await (exports['main'] as () => unknown)(), 'ok');
  });
}

test('instrument() reports the calls inside every kind of function', async () => {
  assert.deepEqual(
    await callsOf(`
      const leaf = (n: number) => n;
      class A { x = leaf(1); get g() { return leaf(2); } #p() { return leaf(3); } all() { return this.g + this.#p(); } }
      export async function main() { const a = new A(); a.all(); await (async () => leaf(4))(); [5].forEach((n) => leaf(n)); }
    `),
    [
      'main',
      'leaf',
      'A.all',
      'A.g',
      'leaf',
      'A.#p',
      'leaf',
      'main.func1',
      'leaf',
      'main.func2',
      'leaf',
    ],
  );
});

test('instrument() reports writes to variables, also those of closures', async () => {
  const [result, writes] = await writesOf(`
    let top = 0;
    export function main(): number {
      let n = 1;
      const add = (by: number): void => { n += by; top = n; };
      add(2);
      const { a, b: [c] } = { a: 'x', b: ['y'] };
      for (const item of [7]) n = item;
      try { throw 'e'; } catch (error) { n = 8; }
      return n;
    }
  `);
  assert.equal(result, 8);
  assert.deepEqual(writes, [
    'n=1',
    'add=<function add>',
    'n=3',
    'top=3',
    'a=x',
    'c=y',
    'item=7',
    'n=7',
    'error=e',
    'n=8',
  ]);
});

test('instrument() reports each visit of a line once', async () => {
  const { exports, trace } = await runText(
    [
      'export function main() {',
      '  let n = 0; n += 1; n += 2;',
      '  for (const x of [1, 2]) {',
      '    n += x;',
      '  }',
      '  if (n < 0) n = 0;',
      '  else if (n > 5)',
      '    n = 5;',
      '  while (n < 7)',
      '    n++;',
      '  return n;',
      '}',
    ].join('\n'),
  );
  assert.equal((exports['main'] as () => unknown)(), 7);
  const visits = rowsOf(trace())
    .filter(({ kind }) => kind === 'line')
    .map(({ line }) => line);
  // Writes on line 2 stand between its three statements.
  assert.deepEqual(visits, [2, 2, 2, 3, 4, 3, 4, 6, 7, 8, 9, 10, 9, 10, 9, 11]);
});

test('instrument() gives the trace the fields that only the class may see', async () => {
  const { exports, trace } = await runText(`
    class A { #a = 1; b = 2; }
    class B extends A { #c = this.b; static #no = 3; get d() { throw new Error('called'); } }
    export function main(): unknown { return new B(); }
  `);
  (exports['main'] as () => unknown)();
  const heap = rowsOf(trace()).filter(({ kind }) => kind === 'heap');
  assert.deepEqual(heap.at(-1)!.values, ['b', 2, '#c', 2, '#a', 1]);
});
