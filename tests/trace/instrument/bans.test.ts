import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instrument } from '../../../src/trace/instrument/instrument.ts';

const banned = {
  'Date.now();': '"Date": take the time from "sim.now()"',
  'new Date();': '"Date": take the time from "sim.now()"',
  'const clock = Date;': '"Date": take the time from "sim.now()"',
  'const all = { Date };': '"Date": take the time from "sim.now()"',
  'performance.now();': '"performance": take the time from "sim.now()"',
  'setTimeout(f, 1);':
    '"setTimeout": wait with "sim.sleep" or "sim.clock.after"',
  'queueMicrotask(f);': '"queueMicrotask": start a task with "sim.go"',
  'crypto.randomUUID();':
    '"crypto": take chance from "sim.chance", hashes from the ports',
  'fetch(f);': '"fetch": the code has no network',
  'eval("1");': '"eval": code made of text cannot be followed',
  'globalThis.x;': '"globalThis": name what is needed',
  'Math.random();': '"Math.random": take chance from "sim.chance"',
  'Math["random"]();': '"Math.random": take chance from "sim.chance"',
  'await Promise.race([]);': '"Promise.race": use "select"',
  'await Promise.any([]);': '"Promise.any": use "select"',
  'f.then(f);': '".then()": wait with "await"',
  'f?.catch(f);': '".catch()": wait with "await"',
  'f.finally(f);': '".finally()": wait with "await"',
  'f.sort((a, b) => a - b);': '".sort()" with a comparator: use "sortBy"',
  'f.toSorted(f);': '".toSorted()" with a comparator: use "sortBy"',
  'a.localeCompare(b);': '"localeCompare": its result depends on the machine',
  'a.toLocaleString();': '"toLocaleString": its result depends on the machine',
  'var a = 1;': '"var": use "const" or "let"',
  'await import("x");': '"import()": import at the top',
  'const __t = 1;': '"__t": the recorder inserts this name',
  'const $f12 = 1;': '"$f12": the recorder inserts this name',
  'function g(a = f()) {}': 'a call in a default value: make it in the body',
  'const g = ({ a = b.c() }) => a;':
    'a call in a default value: make it in the body',
  'class A {} function g(a = new A()) {}':
    'a call in a default value: make it in the body',
};

for (const [text, message] of Object.entries(banned)) {
  test(`instrument() refuses ${text}`, () => {
    assert.throws(() => instrument(`f();\n${text}`, 'a/b.ts'), {
      name: 'SyntaxError',
      message: `a/b.ts:2: Cannot record ${message}`,
    });
  });
}

const allowed = [
  'class Date {} new Date();',
  'import { Date } from "./date.ts"; Date.now();',
  'function f(Date: any) { return Date.now(); }',
  'try {} catch (performance) { performance.now(); }',
  'for (const fetch of []) fetch();',
  'const { Date } = x; Date.now();',
  'const Math = { random() {} }; Math.random();',
  'a.Date; a.fetch(); const b = { Date: 1, fetch() {} };',
  'const x: Date = y; function f(d: Date): Date { return d; }',
  'a.sort(); Math.floor(1); Promise.all([]);',
  'function f(a = new Map(), b = () => a.get(1), c = [1]) {}',
  'Date: for (;;) break Date;',
];

for (const text of allowed) {
  test(`instrument() allows ${text}`, () => {
    assert.doesNotThrow(() => instrument(text, 'a/b.ts'));
  });
}

test('instrument() allows a name only where it is local', () => {
  const text = '{ const Date = f; Date(); }\n{ Date(); }';
  assert.throws(() => instrument(text, 'b.ts'), /^SyntaxError: b\.ts:2: /);
});

test('instrument() lists everything that it refuses', () => {
  assert.throws(() => instrument('enum A {}\nfetch();\nDate;', 'b.ts'), {
    message: [
      'b.ts:1: Cannot erase an enum: only types that can be blanked are allowed',
      'b.ts:2: Cannot record "fetch": the code has no network',
      'b.ts:3: Cannot record "Date": take the time from "sim.now()"',
    ].join('\n'),
  });
});
