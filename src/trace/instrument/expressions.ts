/**
 * Expressions: the calls around `await` and `yield`, and after what writes.
 */
import type {
  AssignmentExpression,
  AwaitExpression,
  CallExpression,
  Expression,
  MemberExpression,
  MetaProperty,
  Node,
  ObjectProperty,
  OptionalCallExpression,
  OptionalMemberExpression,
  UnaryExpression,
  UpdateExpression,
  YieldExpression,
} from '@babel/types';
import { boundNames } from './scopes.ts';
import { endOf, lineOf, startOf } from './source.ts';
import type { Walker } from './walker.ts';

/** Methods that change the object they are called on. */
const mutators = new Set([
  'push',
  'pop',
  'shift',
  'unshift',
  'splice',
  'reverse',
  'sort',
  'set',
  'add',
  'delete',
  'clear',
  'fill',
  'copyWithin',
]);

export const expressions = {
  AwaitExpression: visitAwait,
  YieldExpression: visitYield,
  AssignmentExpression: visitAssignment,
  UpdateExpression: visitUpdate,
  UnaryExpression: visitUnary,
  CallExpression: visitCall,
  OptionalCallExpression: visitCall,
  MemberExpression: visitMember,
  OptionalMemberExpression: visitMember,
  ObjectProperty: visitProperty,
  MetaProperty: (_walker: Walker, _node: MetaProperty): void => undefined,
};

function visitAwait(walker: Walker, node: AwaitExpression): void {
  const { edits, frame } = walker;
  const line = lineOf(node);
  edits.open(startOf(node), `__t.resumes(${frame},await __t.awaits(${frame},`);
  edits.blank(startOf(node), startOf(node) + 'await'.length);
  edits.close(endOf(node), `,${line}),${line})`);
  walker.visit(node.argument);
}

function visitYield(walker: Walker, node: YieldExpression): void {
  const { edits, frame } = walker;
  const { argument } = node;
  const line = lineOf(node);
  edits.open(startOf(node), `__t.yielded(${frame},`);
  edits.close(endOf(node), ')');
  if (argument == null) {
    edits.close(endOf(node), ` __t.yields(${frame},void 0,${line})`);
    return;
  }
  const probe = node.delegate ? 'delegates' : 'yields';
  edits.open(startOf(argument), `__t.${probe}(${frame},`);
  edits.close(endOf(argument), node.delegate ? ')' : `,${line})`);
  walker.visit(argument);
}

function visitAssignment(walker: Walker, node: AssignmentExpression): void {
  reportWrite(walker, node, node.left);
  walker.visit(node.left);
  const { left } = node;
  const hint =
    left.type === 'Identifier' ? { name: left.name, doc: node } : undefined;
  walker.visit(node.right, hint);
}

function visitUpdate(walker: Walker, node: UpdateExpression): void {
  reportWrite(walker, node, node.argument);
  walker.visit(node.argument);
}

function visitUnary(walker: Walker, node: UnaryExpression): void {
  if (node.operator === 'delete') reportWrite(walker, node, node.argument);
  walker.visit(node.argument);
}

/** Reports the variables, or the object, that an expression writes to. */
function reportWrite(walker: Walker, node: Node, written: Node): void {
  const target = bare(written);
  const writes = walker.writes(boundNames(target));
  if (writes !== '') {
    walker.edits.open(startOf(node), '__t.wrote(');
    walker.edits.close(endOf(node), `${writes})`);
  } else if (target.type === 'MemberExpression') {
    reportChange(walker, node, target.object);
  }
}

/**
 * Lets the recorder look at an object that `node` changes, or know at least
 * that one changes.
 */
function reportChange(walker: Walker, node: Node, object: Node): void {
  const path = pathOf(object) ?? 'void 0';
  walker.edits.open(startOf(node), '__t.changed(');
  walker.edits.close(endOf(node), `,${path})`);
}

function visitCall(
  walker: Walker,
  node: CallExpression | OptionalCallExpression,
): void {
  const { callee } = node;
  if (
    callee.type === 'MemberExpression' ||
    callee.type === 'OptionalMemberExpression'
  ) {
    const { object, property } = callee;
    const name = property.type === 'Identifier' ? property.name : '';
    const target = node.arguments[0];
    if (!callee.computed && mutators.has(name)) {
      reportChange(walker, node, object);
    } else if (name === 'assign' && isObject(object) && target !== undefined) {
      reportChange(walker, node, target);
    }
  }
  walker.visitChildren(node);
}

const isObject = (node: Node): boolean =>
  node.type === 'Identifier' && node.name === 'Object';

function visitMember(
  walker: Walker,
  node: MemberExpression | OptionalMemberExpression,
): void {
  walker.visit(node.object);
  if (node.computed) walker.visit(node.property);
}

/** A property of a pattern; those of object literals are in functions.ts. */
function visitProperty(walker: Walker, node: ObjectProperty): void {
  if (node.computed) walker.visit(node.key);
  walker.visit(node.value);
}

/** An expression without the types and parentheses around it. */
function bare(node: Node): Node {
  switch (node.type) {
    case 'TSNonNullExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'ParenthesizedExpression':
      return bare(node.expression);
    default:
      return node;
  }
}

/**
 * The text that reads an object once more, when doing so changes nothing: a
 * chain of names. It never throws, even if the chain broke meanwhile.
 */
function pathOf(expression: Node): string | undefined {
  const node = bare(expression);
  switch (node.type) {
    case 'Identifier':
      return node.name;
    case 'ThisExpression':
      return 'this';
    case 'MemberExpression':
    case 'OptionalMemberExpression': {
      const object = pathOf(node.object);
      const key = keyOf(node.property, node.computed);
      return object === undefined || key === undefined
        ? undefined
        : `${object}?.${key}`;
    }
    default:
      return undefined;
  }
}

function keyOf(
  property: MemberExpression['property'] | Expression,
  computed: boolean,
): string | undefined {
  switch (property.type) {
    case 'Identifier':
      return computed ? `[${property.name}]` : property.name;
    case 'PrivateName':
      return `#${property.id.name}`;
    case 'NumericLiteral':
      return `[${property.value}]`;
    case 'StringLiteral':
      return `[${JSON.stringify(property.value)}]`;
    default:
      return undefined;
  }
}
