/**
 * The two places where blanking a type needs more than spaces: members of
 * classes, and arrow functions whose types hold a line break.
 */
import type {
  ArrowFunctionExpression,
  ClassMethod,
  ClassPrivateMethod,
  ClassPrivateProperty,
  ClassProperty,
  Node,
} from '@babel/types';
import type { Edits } from './edits.ts';
import { endOf, startOf } from './source.ts';
import type { Source } from './source.ts';

type Member =
  ClassMethod | ClassPrivateMethod | ClassProperty | ClassPrivateProperty;

const modifiers = new Set([
  'public',
  'private',
  'protected',
  'readonly',
  'override',
  'abstract',
  'declare',
]);

/** Blanks modifiers, marks and heritage that are types. */
export function eraseMember(node: Node, source: Source, edits: Edits): void {
  switch (node.type) {
    case 'ClassDeclaration':
      if (node.abstract === true) {
        eraseWords(
          startOf(node),
          startOf(node.body),
          ['abstract'],
          source,
          edits,
        );
      }
      eraseImplements(node.implements, source, edits);
      return;
    case 'ClassExpression':
      eraseImplements(node.implements, source, edits);
      return;
    case 'ClassMethod':
    case 'ClassPrivateMethod':
    case 'ClassProperty':
    case 'ClassPrivateProperty':
      eraseModifiers(node, source, edits);
      eraseMarks(node, source, edits);
      if ('params' in node) eraseThis(node.params[0], source, edits);
      return;
    default:
  }
}

/** Blanks a `this` parameter, which only types have. */
export function eraseThis(
  first: Node | undefined,
  source: Source,
  edits: Edits,
): void {
  if (first?.type !== 'Identifier' || first.name !== 'this') return;
  const comma = source.nextToken(endOf(first));
  const end = source.text[comma] === ',' ? comma + 1 : endOf(first);
  edits.blank(startOf(first), end);
}

function eraseImplements(
  list: readonly Node[] | null | undefined,
  source: Source,
  edits: Edits,
): void {
  const first = list?.[0];
  const last = list?.at(-1);
  if (first === undefined || last === undefined) return;
  const word = source.text.lastIndexOf('implements', startOf(first));
  edits.blank(word, endOf(last));
}

/**
 * A member that begins with `[`, `*`, `in` or `instanceof` once its modifier
 * is gone could be read as the rest of the member before it.
 */
function eraseModifiers(node: Member, source: Source, edits: Edits): void {
  const erased = eraseWords(
    startOf(node),
    startOf(node.key),
    modifiers,
    source,
    edits,
  );
  if (erased === undefined || node.static) return;
  const joins =
    ('computed' in node && node.computed) ||
    ('generator' in node && node.generator) ||
    (node.key.type === 'Identifier' && /^in(stanceof)?$/.test(node.key.name));
  if (joins) edits.overwrite(erased, ';');
}

/** Blanks some of the words between two places; returns where the first was. */
function eraseWords(
  start: number,
  end: number,
  words: Iterable<string>,
  source: Source,
  edits: Edits,
): number | undefined {
  const erased = new Set(words);
  let first: number | undefined;
  for (let at = source.nextToken(start); at < end;) {
    const word = /^[\w$]+/.exec(source.text.slice(at, end))?.[0] ?? '*';
    if (erased.has(word)) {
      first ??= at;
      edits.blank(at, at + word.length);
    }
    if (word === 'class') return first;
    at = source.nextToken(at + word.length);
  }
  return first;
}

function eraseMarks(node: Member, source: Source, edits: Edits): void {
  let at = source.nextToken(endOf(node.key));
  if (source.text[at] === ']') at = source.nextToken(at + 1);
  const optional = 'optional' in node && node.optional === true;
  const definite = 'definite' in node && node.definite === true;
  if (optional || definite) edits.blank(at, at + 1);
  if (node.type !== 'ClassProperty' || node.value != null) return;
  const { key, typeAnnotation } = node;
  if (typeAnnotation == null || key.type !== 'Identifier') return;
  // Without its type, `get` would be read as the accessor of what follows.
  if (/^(get|set|static)$/.test(key.name) && !node.computed) {
    edits.overwrite(startOf(typeAnnotation), ';');
  }
}

/**
 * An arrow must stand on the line of its `)`, and what `return` gives must
 * begin on its line. So a parenthesis moves when a blanked type broke a line.
 */
export function eraseArrow(
  node: ArrowFunctionExpression,
  source: Source,
  edits: Edits,
): void {
  const { returnType, typeParameters } = node;
  if (returnType != null) {
    const end = endOf(returnType);
    const closing = source.previousToken(startOf(returnType)) - 1;
    if (source.breaksLine(closing, end)) {
      edits.blank(closing, closing + 1);
      edits.overwrite(end - 1, ')');
    }
  }
  if (typeParameters != null) {
    const start = startOf(typeParameters);
    const opening = source.nextToken(endOf(typeParameters));
    const pinned = node.async || isAnswer(startOf(node), source);
    if (pinned && source.breaksLine(start, opening)) {
      edits.blank(opening, opening + 1);
      edits.overwrite(start, '(');
    }
  }
}

/** Whether `return`, `yield` or `throw` stands right before. */
function isAnswer(start: number, source: Source): boolean {
  const end = source.previousToken(start);
  return /\b(return|yield|throw)$/.test(source.text.slice(0, end).slice(-7));
}
