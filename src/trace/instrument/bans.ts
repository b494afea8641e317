/**
 * What recorded code may not use, because its runs would not be equal.
 *
 * Real time, real chance and the machine's language differ from run to run;
 * callbacks of promises and comparators are called in an order that engines
 * choose. The same rules hold in Node, in the editor and in a browser.
 */
import type { Node } from '@babel/types';
import type { Scope } from './scopes.ts';
import type { Source } from './source.ts';

const globals = new Map<string, string>(
  Object.entries({
    Date: 'take the time from "sim.now()"',
    performance: 'take the time from "sim.now()"',
    setTimeout: 'wait with "sim.sleep" or "sim.clock.after"',
    setInterval: 'use a "Ticker"',
    setImmediate: 'start a task with "sim.go"',
    clearTimeout: 'stop the timer that "sim.clock.after" returned',
    clearInterval: 'stop the "Ticker"',
    queueMicrotask: 'start a task with "sim.go"',
    requestAnimationFrame: 'the code has no page',
    MessageChannel: 'only the simulator may post messages',
    Worker: 'start a task with "sim.go"',
    crypto: 'take chance from "sim.chance", hashes from the ports',
    fetch: 'the code has no network',
    process: 'the code has no process',
    Intl: 'its results depend on the machine',
    WeakRef: 'the moment of collection is not predictable',
    FinalizationRegistry: 'the moment of collection is not predictable',
    structuredClone: 'copy with the "deepCopy" of this part',
    eval: 'code made of text cannot be followed',
    Function: 'code made of text cannot be followed',
    globalThis: 'name what is needed',
  }),
);

const statics = new Map([
  ['Math.random', 'take chance from "sim.chance"'],
  ['Promise.race', 'use "select"'],
  ['Promise.any', 'use "select"'],
  ['AbortSignal.timeout', 'use "sim.clock.after"'],
]);

const inserted = /^(__t|\$m|\$e|\$f\d+)$/;

/** Refuses `node` if it is something that recorded code may not use. */
export function checkBans(node: Node, scope: Scope, source: Source): void {
  const message = banOf(node, scope);
  if (message !== undefined) source.refuse(node, message);
}

function banOf(node: Node, scope: Scope): string | undefined {
  switch (node.type) {
    case 'Identifier':
      return banOfName(node.name, scope);
    case 'MemberExpression':
      return banOfMember(node.object, node.property, scope);
    case 'CallExpression':
    case 'OptionalCallExpression':
      return banOfCall(node.callee, node.arguments.length);
    case 'VariableDeclaration':
      return node.kind === 'const' || node.kind === 'let'
        ? undefined
        : `Cannot record "${node.kind}": use "const" or "let"`;
    case 'ImportExpression':
    case 'Import':
      return 'Cannot record "import()": import at the top';
    default:
      return undefined;
  }
}

function banOfName(name: string, scope: Scope): string | undefined {
  if (inserted.test(name)) {
    return `Cannot record "${name}": the recorder inserts this name`;
  }
  const advice = globals.get(name);
  if (advice === undefined || scope.knows(name)) return undefined;
  return `Cannot record "${name}": ${advice}`;
}

function banOfMember(
  object: Node,
  property: Node,
  scope: Scope,
): string | undefined {
  const name = nameOf(property);
  if (name?.startsWith('toLocale') === true || name === 'localeCompare') {
    return `Cannot record "${name}": its result depends on the machine`;
  }
  if (object.type !== 'Identifier' || scope.knows(object.name))
    return undefined;
  const full = `${object.name}.${name ?? ''}`;
  const advice = statics.get(full);
  return advice === undefined
    ? undefined
    : `Cannot record "${full}": ${advice}`;
}

function banOfCall(callee: Node, count: number): string | undefined {
  if (
    callee.type !== 'MemberExpression' &&
    callee.type !== 'OptionalMemberExpression'
  ) {
    return undefined;
  }
  const name = nameOf(callee.property) ?? '';
  if (/^(then|catch|finally)$/.test(name)) {
    return `Cannot record ".${name}()": wait with "await"`;
  }
  if (/^(sort|toSorted)$/.test(name) && count > 0) {
    return `Cannot record ".${name}()" with a comparator: use "sortBy"`;
  }
  return undefined;
}

function nameOf(property: Node): string | undefined {
  if (property.type === 'Identifier') return property.name;
  return property.type === 'StringLiteral' ? property.value : undefined;
}
