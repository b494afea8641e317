/**
 * Which names are visible where, and which function declares them.
 *
 * A write to a variable is recorded in the frame of the function that
 * declares it, also when a closure writes; and a banned global such as `Date`
 * is allowed where the name means something local.
 */
import type { Node, Statement } from '@babel/types';

/** The number of a function's site, or `fixed` for what is never written. */
type Owner = number;
const fixed: Owner = -1;

export class Scope {
  readonly #outer: Scope | undefined;
  readonly #owners = new Map<string, Owner>();

  constructor(outer?: Scope) {
    this.#outer = outer;
  }

  /** Declares the variables that a pattern binds, for the function `owner`. */
  declare(pattern: Node | null | undefined, owner: number): void {
    for (const name of boundNames(pattern)) this.#owners.set(name, owner);
  }

  /** Declares what statements bind for the whole block they stand in. */
  hoist(statements: readonly Statement[], owner: number): void {
    for (const statement of statements) {
      const declaration = declarationOf(statement);
      if (declaration.type === 'VariableDeclaration') {
        for (const { id } of declaration.declarations) this.declare(id, owner);
      } else if (declaration.type === 'ImportDeclaration') {
        for (const { local } of declaration.specifiers) this.fix(local.name);
      } else if (
        declaration.type === 'FunctionDeclaration' ||
        declaration.type === 'ClassDeclaration'
      ) {
        if (declaration.id != null) this.fix(declaration.id.name);
      }
    }
  }

  /** Declares a name that is bound once: a function, a class, an import. */
  fix(name: string): void {
    this.#owners.set(name, fixed);
  }

  knows(name: string): boolean {
    return this.#owners.has(name) || (this.#outer?.knows(name) ?? false);
  }

  /** The function whose frame holds the variable; undefined for others. */
  ownerOf(name: string): number | undefined {
    const owner = this.#owners.get(name);
    if (owner === undefined) return this.#outer?.ownerOf(name);
    return owner === fixed ? undefined : owner;
  }
}

/** The declaration inside an `export`, or the statement itself. */
export function declarationOf(statement: Statement): Node {
  if (statement.type === 'ExportNamedDeclaration') {
    return statement.declaration ?? statement;
  }
  return statement.type === 'ExportDefaultDeclaration'
    ? statement.declaration
    : statement;
}

/** The names a pattern binds, in the order of the text. */
export function boundNames(pattern: Node | null | undefined): string[] {
  switch (pattern?.type) {
    case 'Identifier':
      return pattern.name === 'this' ? [] : [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        boundNames(
          property.type === 'RestElement' ? property.argument : property.value,
        ),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap(boundNames);
    case 'AssignmentPattern':
      return boundNames(pattern.left);
    case 'RestElement':
      return boundNames(pattern.argument);
    default:
      return [];
  }
}
