/**
 * Statements: the calls that tell which line is about to run.
 */
import type {
  BlockStatement,
  CatchClause,
  DoWhileStatement,
  ExportDefaultDeclaration,
  ExportNamedDeclaration,
  ForInStatement,
  ForOfStatement,
  ForStatement,
  IfStatement,
  LabeledStatement,
  Node,
  ReturnStatement,
  Statement,
  SwitchStatement,
  TryStatement,
  VariableDeclaration,
  WhileStatement,
} from '@babel/types';
import { isErased } from './erase.ts';
import { boundNames, declarationOf } from './scopes.ts';
import { endOf, lineOf, startOf } from './source.ts';
import type { Walker } from './walker.ts';

const nothing = (): void => undefined;

export const statements = {
  ImportDeclaration: nothing,
  ExportAllDeclaration: nothing,
  BreakStatement: nothing,
  ContinueStatement: nothing,
  ExportNamedDeclaration: visitExport,
  ExportDefaultDeclaration: visitDefault,
  VariableDeclaration: visitDeclaration,
  BlockStatement: visitBlockStatement,
  LabeledStatement: visitLabeled,
  IfStatement: visitIf,
  SwitchStatement: visitSwitch,
  ForStatement: visitFor,
  ForOfStatement: visitForEach,
  ForInStatement: visitForEach,
  WhileStatement: visitWhile,
  DoWhileStatement: visitWhile,
  TryStatement: visitTry,
  CatchClause: visitCatch,
  ReturnStatement: visitReturn,
};

/** Statements that do nothing themselves when they are reached. */
const silent = /^(Import|TS|Class|Function|Block|Empty|ExportAll)/;

/**
 * Visits a statement and reports its line.
 *
 * @param listed whether it stands in a list; otherwise it is the only
 *   statement of an `if` or a loop, and needs braces
 */
export function visitStatement(
  walker: Walker,
  statement: Statement,
  listed: boolean,
): void {
  const { edits } = walker;
  const declaration = declarationOf(statement);
  if (isErased(statement)) return;
  if (silent.test(statement.type) || silent.test(declaration.type)) {
    walker.visit(statement);
    return;
  }
  if (!listed) edits.open(startOf(statement), '{');
  edits.open(startOf(statement), `${walker.line(statement)};`);
  if (!listed) edits.close(endOf(statement), '}');
  walker.visit(statement);
  if (declaration.type === 'VariableDeclaration') {
    const writes = walker.writes(namesOf(declaration));
    if (writes !== '')
      edits.append(endOf(statement), `;__t.wrote(0${writes});`);
  }
}

const namesOf = (declaration: VariableDeclaration): string[] =>
  declaration.declarations.flatMap(({ id }) => boundNames(id));

function visitExport(walker: Walker, node: ExportNamedDeclaration): void {
  const { declaration } = node;
  if (declaration == null) return;
  if (declaration.type === 'VariableDeclaration') {
    visitDeclaration(walker, declaration, node);
  } else {
    walker.visit(declaration, { name: '', doc: node });
  }
}

function visitDefault(walker: Walker, node: ExportDefaultDeclaration): void {
  walker.visit(node.declaration, { name: 'default', doc: node });
}

function visitDeclaration(
  walker: Walker,
  node: VariableDeclaration,
  doc: Node = node,
): void {
  for (const { id, init } of node.declarations) {
    walker.visit(id);
    const name = id.type === 'Identifier' ? id.name : '';
    walker.visit(init, name === '' ? undefined : { name, doc });
  }
}

function visitBlockStatement(walker: Walker, node: BlockStatement): void {
  walker.nested(() => {
    walker.scope.hoist(node.body, walker.within.id);
    walker.visitBlock(node.body);
  });
}

function visitLabeled(walker: Walker, node: LabeledStatement): void {
  walker.visit(node.body);
}

function visitIf(walker: Walker, node: IfStatement): void {
  walker.visit(node.test);
  visitBranch(walker, node.consequent);
  const { alternate } = node;
  if (alternate?.type === 'IfStatement') {
    walker.edits.open(startOf(alternate.test), `${walker.line(alternate)},`);
    walker.visit(alternate);
  } else if (alternate != null) {
    visitBranch(walker, alternate);
  }
}

function visitBranch(walker: Walker, branch: Statement): void {
  if (branch.type === 'BlockStatement') walker.visit(branch);
  else visitStatement(walker, branch, false);
}

function visitSwitch(walker: Walker, node: SwitchStatement): void {
  walker.visit(node.discriminant);
  walker.nested(() => {
    for (const { consequent } of node.cases) {
      walker.scope.hoist(consequent, walker.within.id);
    }
    for (const { test, consequent } of node.cases) {
      walker.visit(test);
      walker.visitBlock(consequent);
    }
  });
}

function visitFor(walker: Walker, node: ForStatement): void {
  walker.nested(() => {
    const { init, test } = node;
    let names: string[] = [];
    if (init?.type === 'VariableDeclaration') {
      names = namesOf(init);
      walker.scope.hoist([init], walker.within.id);
    }
    walker.visit(init);
    if (test != null) {
      walker.edits.open(startOf(test), `${walker.line(node)},`);
      walker.visit(test);
    }
    walker.visit(node.update);
    visitLoopBody(walker, node, names);
  });
}

function visitForEach(
  walker: Walker,
  node: ForOfStatement | ForInStatement,
): void {
  walker.nested(() => {
    const { left, right } = node;
    let names: string[] = [];
    if (left.type === 'VariableDeclaration') {
      names = namesOf(left);
      walker.scope.hoist([left], walker.within.id);
      for (const { id } of left.declarations) walker.visit(id);
    } else {
      names = boundNames(left);
      walker.visit(left);
    }
    if (node.type === 'ForOfStatement' && node.await) {
      walker.edits.open(startOf(right), `__t.iterate(${walker.frame},`);
      walker.edits.close(endOf(right), `,${lineOf(node)})`);
    }
    walker.visit(right);
    visitLoopBody(walker, node, names);
  });
}

function visitWhile(
  walker: Walker,
  node: WhileStatement | DoWhileStatement,
): void {
  if (node.type === 'DoWhileStatement') visitLoopBody(walker, node, []);
  walker.edits.open(startOf(node.test), `${walker.line(node.test)},`);
  walker.visit(node.test);
  if (node.type === 'WhileStatement') visitLoopBody(walker, node, []);
}

/** Each turn of a loop counts, so that an endless one can be stopped. */
function visitLoopBody(
  walker: Walker,
  node: Exclude<Statement, BlockStatement> & { readonly body: Statement },
  names: readonly string[],
): void {
  const { edits, frame } = walker;
  const { body } = node;
  const writes = walker.writes(names);
  const turn =
    `__t.turn(${frame},${lineOf(node)});` +
    (writes === '' ? '' : `__t.wrote(0${writes});`);
  if (body.type === 'BlockStatement') {
    edits.open(startOf(body) + 1, turn);
    walker.visit(body);
    return;
  }
  edits.open(startOf(body), `{${turn}`);
  edits.close(endOf(body), '}');
  visitStatement(walker, body, true);
}

function visitTry(walker: Walker, node: TryStatement): void {
  walker.visit(node.block);
  walker.visit(node.handler);
  if (node.finalizer == null) return;
  const start = startOf(node.finalizer) + 1;
  walker.edits.open(start, `__t.reaches(${walker.frame});`);
  walker.visit(node.finalizer);
}

function visitCatch(walker: Walker, node: CatchClause): void {
  walker.nested(() => {
    walker.scope.declare(node.param, walker.within.id);
    walker.visit(node.param);
    const writes = walker.writes(boundNames(node.param));
    const reaches = `__t.reaches(${walker.frame}${writes});`;
    walker.edits.open(startOf(node.body) + 1, reaches);
    walker.visit(node.body);
  });
}

function visitReturn(walker: Walker, node: ReturnStatement): void {
  const { argument } = node;
  if (argument == null) return;
  walker.edits.open(startOf(argument), `__t.result(${walker.frame},`);
  walker.edits.close(endOf(argument), ')');
  walker.visit(argument);
}
