/**
 * Functions and classes: the calls that make a frame and end it.
 *
 * The frame is a constant of the function, so that a closure names the frame
 * of the function that declares a variable, whoever calls it and when.
 */
import type {
  ArrowFunctionExpression,
  Class,
  ClassMethod,
  ClassPrivateMethod,
  ClassPrivateProperty,
  ClassProperty,
  FunctionDeclaration,
  FunctionExpression,
  Node,
  ObjectExpression,
  ObjectMethod,
  ObjectProperty,
  StaticBlock,
} from '@babel/types';
import { boundNames } from './scopes.ts';
import { childrenOf, endOf, lastLineOf, lineOf, startOf } from './source.ts';
import { storiesOf } from './stories.ts';
import type { Hint, Walker } from './walker.ts';

type AnyFunction =
  | FunctionDeclaration
  | FunctionExpression
  | ArrowFunctionExpression
  | ClassMethod
  | ClassPrivateMethod
  | ObjectMethod;

export const functions = {
  FunctionDeclaration: visitFunction,
  FunctionExpression: visitFunction,
  ArrowFunctionExpression: visitFunction,
  ClassMethod: visitFunction,
  ClassPrivateMethod: visitFunction,
  ObjectMethod: visitFunction,
  ClassDeclaration: visitClass,
  ClassExpression: visitClass,
  ClassProperty: visitProperty,
  ClassPrivateProperty: visitProperty,
  StaticBlock: visitStaticBlock,
  ObjectExpression: visitObject,
};

function visitFunction(walker: Walker, node: AnyFunction, hint?: Hint): void {
  const { sites, scope: outerScope, within: outer, owner } = walker;
  if ('computed' in node && node.computed) walker.visit(node.key);
  const symbol = symbolOf(walker, node, hint);
  const id = sites.length;
  const params = node.params.flatMap(boundNames);
  const story = storiesOf(hint?.doc ?? node);
  sites.push({
    symbol,
    line: lineOf(node),
    end: lastLineOf(node),
    params,
    async: node.async === true,
    ...(story.length === 0 ? {} : { story }),
  });
  walker.nested(() => {
    // A parameter's default value runs before there is a frame.
    for (const name of params) walker.scope.fix(name);
    for (const param of node.params) {
      refuseCalls(walker, param);
      walker.visit(param);
    }
    if (node.type === 'FunctionExpression' && node.id != null) {
      walker.scope.fix(node.id.name);
    }
    for (const param of node.params) walker.scope.declare(param, id);
    walker.within = { id, symbol, unnamed: 0 };
    walker.owner = undefined;
    const self = hasThis(node, owner?.derived === true) ? 'this' : 'void 0';
    const enter = `const $f${id}=__t.enter($m+${id},$f${outer.id},${self},[${params.join(',')}]);try{`;
    const exit = `}catch($e){throw __t.failed($f${id},$e)}finally{__t.exit($f${id})}`;
    insertBody(walker, node.body, enter, exit);
  });
  walker.scope = outerScope;
  walker.within = outer;
  walker.owner = owner;
}

function insertBody(
  walker: Walker,
  body: AnyFunction['body'],
  enter: string,
  exit: string,
): void {
  const { edits } = walker;
  const start = startOf(body);
  const end = endOf(body);
  if (body.type !== 'BlockStatement') {
    edits.open(
      start,
      `{${enter}${walker.line(body)};return __t.result(${walker.frame},`,
    );
    edits.close(end, `)${exit}}`);
    walker.visit(body);
  } else if (end - start === 2) {
    edits.open(start + 1, enter + exit);
  } else {
    edits.open(start + 1, enter);
    edits.close(end - 1, exit);
    walker.nested(() => {
      walker.scope.hoist(body.body, walker.within.id);
      walker.visitBlock(body.body);
    });
  }
}

/** Whether `this` may be read at the start of the body, and means something. */
function hasThis(node: AnyFunction, derived: boolean): boolean {
  if (node.type === 'ArrowFunctionExpression') return false;
  return !(
    node.type === 'ClassMethod' &&
    node.kind === 'constructor' &&
    derived
  );
}

/** Refuses calls in default values: their caller could not be told. */
function refuseCalls(walker: Walker, node: Node): void {
  if (/Function|Method|^TS/.test(node.type)) return;
  const calls =
    node.type === 'CallExpression' ||
    node.type === 'OptionalCallExpression' ||
    (node.type === 'NewExpression' &&
      node.callee.type === 'Identifier' &&
      walker.scope.knows(node.callee.name));
  if (calls) {
    walker.source.refuse(
      node,
      'Cannot record a call in a default value: make it in the body',
    );
  }
  for (const child of childrenOf(node)) refuseCalls(walker, child);
}

/**
 * `Class.method`, `function`, `function.inner`; functions without a name are
 * counted as Go counts them, `function.func1`.
 */
function symbolOf(walker: Walker, node: AnyFunction, hint?: Hint): string {
  const { within, owner } = walker;
  if (node.type === 'ClassMethod' || node.type === 'ClassPrivateMethod') {
    return `${owner?.name ?? ''}.${keyOf(walker, node)}`;
  }
  const own = 'id' in node ? node.id?.name : undefined;
  const name = own ?? hint?.name ?? '';
  const last = name === '' ? `func${++within.unnamed}` : name;
  const outer = owner?.name ?? within.symbol;
  return outer === '' ? last : `${outer}.${last}`;
}

/** The key of a member, as it is written to use it. */
function keyOf(
  walker: Walker,
  member: { readonly key: Node; readonly computed?: boolean },
): string {
  const { key, computed } = member;
  if (key.type === 'PrivateName') return `#${key.id.name}`;
  if (key.type === 'StringLiteral') return key.value;
  const text = walker.source.slice(key);
  return computed === true ? `[${text}]` : text;
}

function visitClass(walker: Walker, node: Class, hint?: Hint): void {
  const outer = walker.owner;
  walker.visit(node.superClass);
  walker.owner = {
    name: node.id?.name ?? hint?.name ?? 'class',
    derived: node.superClass != null,
  };
  insertSecrets(walker, node);
  for (const member of node.body.body) {
    walker.visit(member, { name: '', doc: member });
  }
  walker.owner = outer;
}

/** Gives the recorder a way to see private fields. */
function insertSecrets(walker: Walker, node: Class): void {
  const names = node.body.body.flatMap((member) =>
    member.type === 'ClassPrivateProperty' && !member.static
      ? [`#${member.key.id.name}`]
      : [],
  );
  if (names.length === 0) return;
  const list = names.map((name) => `"${name}"`).join(',');
  const reads = names.map((name) => `${name} in o?o.${name}:a`).join(',');
  walker.edits.open(
    startOf(node.body) + 1,
    `static{__t.secrets(this,[${list}],(o,a)=>[${reads}])}`,
  );
}

function visitProperty(
  walker: Walker,
  node: ClassProperty | ClassPrivateProperty,
): void {
  if ('computed' in node && node.computed) walker.visit(node.key);
  walker.visit(node.value, { name: keyOf(walker, node), doc: node });
}

function visitStaticBlock(walker: Walker, node: StaticBlock): void {
  walker.nested(() => {
    walker.scope.hoist(node.body, walker.within.id);
    for (const statement of node.body) walker.visit(statement);
  });
}

function visitObject(
  walker: Walker,
  node: ObjectExpression,
  hint?: Hint,
): void {
  for (const member of node.properties) {
    if (member.type === 'SpreadElement') walker.visit(member);
    else visitEntry(walker, member, hint);
  }
}

function visitEntry(
  walker: Walker,
  node: ObjectProperty | ObjectMethod,
  hint?: Hint,
): void {
  const key = keyOf(walker, node);
  const name = hint === undefined ? key : `${hint.name}.${key}`;
  if (node.type === 'ObjectMethod') {
    walker.visit(node, { name, doc: node });
    return;
  }
  if (node.computed) walker.visit(node.key);
  walker.visit(node.value, { name, doc: node });
}
