/**
 * Blanks the types of a file, exactly as Node's `stripTypeScriptTypes` does.
 *
 * Only syntax that can be blanked is allowed: what needs code of its own
 * (enums, namespaces with values, parameter properties) is refused by line.
 * Where a blank would join two statements, a semicolon takes its first place.
 */
import type {
  ExportNamedDeclaration,
  ImportDeclaration,
  Node,
  Statement,
} from '@babel/types';
import type { Edits } from './edits.ts';
import { eraseArrow, eraseMember, eraseThis } from './erase-parts.ts';
import { childrenOf, endOf, startOf } from './source.ts';
import type { Source } from './source.ts';

const unerasable: Partial<Record<Node['type'], string>> = {
  TSEnumDeclaration: 'an enum',
  TSParameterProperty: 'a parameter property',
  TSImportEqualsDeclaration: '"import ="',
  TSExportAssignment: '"export ="',
  TSTypeAssertion: 'an assertion in angle brackets',
  Decorator: 'a decorator',
  ClassAccessorProperty: 'an accessor property',
};

/** Statements and members that are types from end to end. */
const typesOnly: ReadonlySet<string> = new Set<Node['type']>([
  'TSInterfaceDeclaration',
  'TSTypeAliasDeclaration',
  'TSDeclareFunction',
  'TSDeclareMethod',
  'TSIndexSignature',
]);

/** What is erased without leaving a semicolon. */
const unjoined: ReadonlySet<string> = new Set<Node['type']>([
  'ClassMethod',
  'ClassProperty',
  'ClassPrivateProperty',
  'TSDeclareMethod',
  'TSIndexSignature',
  'ExportDefaultDeclaration',
]);

const annotations: ReadonlySet<string> = new Set<Node['type']>([
  'TSTypeAnnotation',
  'TSTypeParameterDeclaration',
  'TSTypeParameterInstantiation',
]);

/** Whether nothing of a node is left once its types are blanked. */
export function isErased(node: Node): boolean {
  if (typesOnly.has(node.type)) return true;
  if ('declare' in node && node.declare === true) return true;
  switch (node.type) {
    case 'ImportDeclaration':
      return node.importKind === 'type';
    case 'ExportAllDeclaration':
      return node.exportKind === 'type';
    case 'ExportNamedDeclaration':
      return (
        node.exportKind === 'type' ||
        (node.declaration != null && isErased(node.declaration))
      );
    case 'ExportDefaultDeclaration':
      return isErased(node.declaration);
    case 'TSModuleDeclaration':
      return node.body.type === 'TSModuleBlock'
        ? node.body.body.every(isErased)
        : isErased(node.body);
    case 'ClassMethod':
    case 'ClassProperty':
      return node.abstract === true;
    default:
      return false;
  }
}

/** Blanks the types of `source`; refuses what cannot be blanked. */
export function erase(source: Source, edits: Edits): void {
  for (const statement of source.tree.program.body) {
    eraseNode(statement, source, edits);
  }
}

function eraseNode(node: Node, source: Source, edits: Edits): void {
  if (isErased(node)) {
    eraseWhole(node, source, edits);
    return;
  }
  const refused =
    node.type === 'TSModuleDeclaration'
      ? 'a namespace with values'
      : unerasable[node.type];
  if (refused !== undefined) {
    source.refuse(
      node,
      `Cannot erase ${refused}: only types that can be blanked are allowed`,
    );
    return;
  }
  eraseOwnTypes(node, source, edits);
  for (const child of childrenOf(node)) {
    if (annotations.has(child.type)) edits.blank(startOf(child), endOf(child));
    else if (!isType(child)) eraseNode(child, source, edits);
  }
}

/** Types inside expressions; those of declarations are annotations. */
const isType = (node: Node): boolean =>
  node.type.startsWith('TS') &&
  !node.type.endsWith('Expression') &&
  !(node.type in unerasable) &&
  node.type !== 'TSModuleDeclaration' &&
  !typesOnly.has(node.type);

function eraseWhole(node: Node, source: Source, edits: Edits): void {
  const start = startOf(node);
  edits.blank(start, endOf(node));
  if (unjoined.has(node.type)) return;
  const before = source.previousToken(start);
  if (before === 0 || !continues(source, endOf(node), '([`+-/')) return;
  // The semicolon before may itself have gone with a type: it comes back.
  const ended = source.text[before - 1] === ';';
  edits.overwrite(ended ? before - 1 : start, ';');
}

/** Whether the next line would be taken for the rest of this one. */
function continues(source: Source, end: number, starts: string): boolean {
  const next = source.nextToken(end);
  const character = source.text[next];
  if (character === undefined || !source.breaksLine(end, next)) return false;
  const doubled = source.text[next + 1] === character;
  if (doubled && (character === '+' || character === '-')) return false;
  return starts.includes(character);
}

function eraseOwnTypes(node: Node, source: Source, edits: Edits): void {
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression': {
      const end = endOf(node.expression);
      edits.blank(source.nextToken(end), endOf(node));
      if (continues(source, endOf(node), '([`')) {
        edits.overwrite(source.nextToken(end), ';');
      }
      return;
    }
    case 'TSNonNullExpression':
      edits.blank(endOf(node) - 1, endOf(node));
      return;
    case 'Identifier':
      if (node.optional === true) {
        const mark = source.nextToken(startOf(node) + node.name.length);
        edits.blank(mark, mark + 1);
      }
      return;
    case 'VariableDeclarator':
      if (node.definite === true && node.id.type === 'Identifier') {
        const mark = source.nextToken(startOf(node.id) + node.id.name.length);
        edits.blank(mark, mark + 1);
      }
      return;
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
      eraseSpecifiers(node, source, edits);
      return;
    case 'IfStatement':
      keepBody(node.consequent, edits);
      if (node.alternate != null) keepBody(node.alternate, edits);
      return;
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
      keepBody(node.body, edits);
      return;
    case 'ArrowFunctionExpression':
      eraseThis(node.params[0], source, edits);
      eraseArrow(node, source, edits);
      return;
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ObjectMethod':
      eraseThis(node.params[0], source, edits);
      return;
    default:
      eraseMember(node, source, edits);
  }
}

/** A body that is a type alone still has to be a statement. */
function keepBody(body: Statement, edits: Edits): void {
  if (isErased(body)) edits.overwrite(startOf(body), ';');
}

function eraseSpecifiers(
  node: ImportDeclaration | ExportNamedDeclaration,
  source: Source,
  edits: Edits,
): void {
  for (const specifier of node.specifiers) {
    const isTypeImport =
      specifier.type === 'ImportSpecifier' && specifier.importKind === 'type';
    const isTypeExport =
      specifier.type === 'ExportSpecifier' && specifier.exportKind === 'type';
    if (!isTypeImport && !isTypeExport) continue;
    const comma = source.nextToken(endOf(specifier));
    const end = source.text[comma] === ',' ? comma + 1 : endOf(specifier);
    edits.blank(startOf(specifier), end);
  }
}
