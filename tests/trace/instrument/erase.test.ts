import assert from 'node:assert/strict';
import { stripTypeScriptTypes } from 'node:module';
import { test } from 'node:test';
import { sourcesBelow } from '../../../src/source/files.ts';
import { eraseTypes } from '../../../src/trace/instrument/instrument.ts';

for (const { path, text } of [
  ...sourcesBelow('runnable'),
  ...sourcesBelow('src/trace'),
  ...sourcesBelow('tests/trace/fixtures'),
]) {
  test(`eraseTypes() leaves what Node leaves of ${path}`, () => {
    assert.equal(eraseTypes(text, path), stripTypeScriptTypes(text));
  });
}

/** Where a blank is not enough, or where it is easy to blank too much. */
const hard = [
  // Statements that would join when the one between them is gone.
  'const a = 1\ntype X = number\n(foo)()',
  'const a = 1\ninterface X {}\n[1]',
  'a;\ntype X = number;\n(foo)()',
  '{}\ntype X = number;\n(foo)()',
  'type X = number;\n(foo)()',
  'a\ntype X = number\n-b',
  'a\ntype X = number\n++b',
  'a\ntype X = number\n/b/.x',
  'a\ntype X = number /*\n*/ (b)',
  'a\ntype X = number\ninterface Y {}\n(b)',
  'a\nexport type {x} from "x"\n(b)',
  'a\ndeclare class A {}\n(b)',
  'export type * from "q"; import type Q from "q"\n(foo)',
  'export default interface X {}\n(foo)',
  'if (a) type X = 1; else b',
  'for (;;) interface X {}',
  'do type X = 1\nwhile (a)',
  // Expressions.
  'let x = y as any\n(foo)',
  'let x = y satisfies any\n`a`',
  'x = y as any\n+b',
  'x = y as any // c\n(b)',
  'a ? (b) : (c) as any\n(d)',
  'let v = a as any as b\n[c]',
  'f(y as any\n, (b))',
  '(a as any) = 1; (a!) = 1; a!.b!.c; a![0]; a!++',
  'a?.b<T>(c); a?.<T>(c); new Foo<string>; f<T>`x`; const z = f<T>;',
  'x?.y!.z; x!?.y; x![y]!(z)!',
  '`${a as any}${b!}`; delete (a as any).b',
  'const x = y! as any; let z = (a, b as c)',
  'for (let i = 0 as number, j: number = 1; i < (j as any); i++) {}',
  'function* g() { yield a as any\n(b) }',
  // Arrows whose types hold a line break.
  'const f = (a: number):\n string => a',
  'const f = (a): {\n a: 1 } => a',
  'const f = (a /*x*/): \n\n  Promise<\n  void> /* y */ => a',
  'const f = async <\nT\n>(a: T) => a',
  'const f = async <T,\n U>(a: T): \nvoid => a',
  'const f = <\nT\n>(a) => a',
  'function g() { return <T>\n(a) => a }',
  'function* g() { yield <T\n>(a) => a }',
  'class A { x = <T\n>(a) => a; y = (a): \n b => a}',
  'const f = <T,>(a: T) => a; const g = async<T>(a) => a',
  // Classes.
  'class A { a = 1\n readonly ["x"] = 2 }',
  'class A { a\n public *g() {} }',
  'class A { a\n private async *b() {} }',
  'class A { a\n private static *b() {} }',
  'class A { public ["b"] = 1; public in; public instanceof = 1 }',
  'class A { static\n x: 1; get: string; set?: 1; readonly: 1 }',
  'class A { static /* b */ readonly /* readonly */ x: number }',
  'class A { readonly; static; declare; abstract; public }',
  'class A { constructor(a: string, b?: number); constructor(a: string) {} }',
  'abstract class A { abstract x(): void; protected abstract get y(): 1; z }',
  'export default abstract class A { abstract x(): void; }',
  'class A<T> extends B<T> implements C, D<T> { #x?: number; declare y: 1 }',
  'class A extends B { override *x() {} ; public override [a] = 1 }',
  'class A { static a\n [k: string]: any\n ["x"] = 1 }',
  'class A { "x"?: number; [y]!: 1; 1?: 2; m?(): void }',
  'const o = { m<T>(this: X, a?: T): void {}, async *g(): any {} }',
  // Imports, exports, parameters, the rest.
  'import {type a, type b,} from "c"; import { d, type e } from "x"',
  'import { type a /* x , */ , c } from "c"; import X, { type Y } from "x"',
  'export { type W, v } from "w"; export type { Z } from "z"',
  'function f(this: X, a: number) {} function g(this: X) {}',
  'function h(this /* x */ , /* y */ a) {} function i(this: X,) {}',
  'function f(): void\nfunction f(a?: any) {}',
  'function f(a: number, /* c */ b?: string /* d */, ) : /* e */ void {}',
  'let x: number, y!: string; let [a]: any = 1, {b}: any = 2;',
  'try {} catch (e: unknown) {}',
  'declare namespace N { const x: number } namespace M { export type X = 1 }',
  'declare module "x" {} declare global {} declare enum F { B }',
  'let u: unique symbol, w: `a${string}`, k: new () => void',
  'const f = function <T>(x: T): x is T { return true }',
  // Node keeps the number of bytes.
  'let x: "é€😀" = 1; let y: "\u2028\u00a0\t" = 2;\r\ntype Z = "é";\r\n',
];

for (const text of hard) {
  test(`eraseTypes() leaves what Node leaves of ${JSON.stringify(text)}`, () => {
    assert.equal(eraseTypes(text, 'x.ts'), stripTypeScriptTypes(text));
  });
}

const refused = {
  'enum A {}': 'an enum',
  'const enum A {}': 'an enum',
  'namespace N { const x = 1 }': 'a namespace with values',
  'class A { constructor(private x: number) {} }': 'a parameter property',
  'import a = require("a")': '"import ="',
  'export = a': '"export ="',
  'const x = <T>y': 'an assertion in angle brackets',
  '@d class A {}': 'a decorator',
  'class A { accessor x = 1 }': 'an accessor property',
};

for (const [text, what] of Object.entries(refused)) {
  test(`eraseTypes() refuses ${what} in ${JSON.stringify(text)}`, () => {
    assert.throws(() => eraseTypes(`\n\n${text}`, 'a/b.ts'), {
      name: 'SyntaxError',
      message: `a/b.ts:3: Cannot erase ${what}: only types that can be blanked are allowed`,
    });
  });
}

test('eraseTypes() names file and line of what does not parse', () => {
  assert.throws(() => eraseTypes('const a = 1;\nconst = 2;', 'a/b.ts'), {
    name: 'SyntaxError',
    message: /^a\/b\.ts:2: Unexpected token/,
  });
});
