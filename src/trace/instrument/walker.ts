/**
 * Walks a file once and inserts the calls that tell the recorder what runs.
 *
 * The walk keeps three things: the names in scope, the function it is in, and
 * the symbol it has reached. What is inserted where stands in `functions.ts`,
 * `statements.ts` and `expressions.ts`; the calls are those of `Probes`.
 */
import type { Node, Statement } from '@babel/types';
import type { Site } from '../format.ts';
import { checkBans } from './bans.ts';
import type { Edits } from './edits.ts';
import { isErased } from './erase.ts';
import { expressions } from './expressions.ts';
import { functions } from './functions.ts';
import { Scope } from './scopes.ts';
import { childrenOf, lastLineOf, lineOf } from './source.ts';
import type { Source } from './source.ts';
import { statements, visitStatement } from './statements.ts';

/** A function of one file: `Site` without the number of its file. */
export type LocalSite = Omit<Site, 'file'>;

/** What the surroundings of a function or class say about it. */
export interface Hint {
  /** The variable or property it is the value of. */
  readonly name: string;
  /** Where its doc comment stands. */
  readonly doc: Node;
}

/** The function whose body the walk is in. */
export interface Enclosing {
  /** Its place among the file's sites. */
  readonly id: number;
  readonly symbol: string;
  /** How many functions without a name it holds so far. */
  unnamed: number;
}

type Handler = (walker: Walker, node: never, hint?: Hint) => void;

const handlers = new Map(
  // Each handler takes the type of node that it is listed under.
  Object.entries({ ...functions, ...statements, ...expressions }) as [
    string,
    Handler,
  ][],
);

export class Walker {
  readonly source: Source;
  readonly edits: Edits;
  readonly sites: LocalSite[];
  scope = new Scope();
  within: Enclosing = { id: 0, symbol: '', unnamed: 0 };
  /** The class whose members are visited. */
  owner: { readonly name: string; readonly derived: boolean } | undefined;

  constructor(source: Source, edits: Edits) {
    this.source = source;
    this.edits = edits;
    this.sites = [
      {
        symbol: '<module>',
        line: 1,
        end: lastLineOf(source.tree),
        params: [],
        async: false,
      },
    ];
  }

  /** The variable that holds the frame of the enclosing function. */
  get frame(): string {
    return `$f${this.within.id}`;
  }

  walk(): void {
    const { body } = this.source.tree.program;
    this.scope.hoist(body, 0);
    this.visitBlock(body);
  }

  visit(node: Node | null | undefined, hint?: Hint): void {
    if (node == null || isErased(node) || isType(node)) return;
    checkBans(node, this.scope, this.source);
    const handler = handlers.get(node.type);
    if (handler === undefined) this.visitChildren(node);
    else handler(this, node as never, hint);
  }

  visitChildren(node: Node): void {
    for (const child of childrenOf(node)) this.visit(child);
  }

  /** Visits statements that stand one after another. */
  visitBlock(body: readonly Statement[]): void {
    for (const statement of body) visitStatement(this, statement, true);
  }

  /** Runs `body` with a scope of its own. */
  nested(body: () => void): void {
    const outer = this.scope;
    this.scope = new Scope(outer);
    body();
    this.scope = outer;
  }

  /** `line` of a node, as text of an argument. */
  line(node: Node): string {
    return `__t.line(${this.frame},${lineOf(node)})`;
  }

  /** Arguments that tell the values of variables: `,$f3,"pod",pod`. */
  writes(names: readonly string[]): string {
    return names
      .map((name) => {
        const owner = this.scope.ownerOf(name);
        return owner === undefined ? '' : `,$f${owner},"${name}",${name}`;
      })
      .join('');
  }
}

const isType = (node: Node): boolean =>
  node.type.startsWith('TS') && !node.type.endsWith('Expression');
