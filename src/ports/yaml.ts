/**
 * Reads one YAML document as plain data, and says what was expected where it
 * cannot.
 *
 * Only plain data come out: a tag, a second document or an alias of nothing
 * is an error, as it is for `kubectl apply` of one object.
 */
import { parseDocument, visit } from 'yaml';
import type { Document, YAMLError } from 'yaml';

/** Text that is no YAML, with the place from 1 and what was wanted there. */
export class YamlError extends SyntaxError {
  override readonly name = 'YamlError';
  readonly line: number;
  readonly column: number;
  /** `expected …, found …`. */
  readonly reason: string;

  constructor(line: number, column: number, reason: string) {
    super(`Cannot parse YAML at line ${line}, column ${column}: ${reason}`);
    this.line = line;
    this.column = column;
    this.reason = reason;
  }
}

/**
 * The document's data; `null` when there is none.
 *
 * @throws {YamlError} naming line, column and what was expected
 */
export function parseYaml(text: string): unknown {
  const document = parseDocument(text, { schema: 'core' });
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem !== undefined) throw errorOf(text, problem);
  refuseUnknownAlias(text, document);
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw wrong(text, 0, 'fewer aliases, for they multiply', error);
  }
}

function errorOf(text: string, error: YAMLError): YamlError {
  return wrong(text, error.pos[0], expectation(error), error);
}

function refuseUnknownAlias(text: string, document: Document): void {
  visit(document, {
    Alias(_key, alias) {
      if (alias.resolve(document) !== undefined) return;
      const wanted = 'an alias of an anchor that stands before it';
      throw wrong(text, alias.range?.[0] ?? 0, wanted);
    },
  });
}

function wrong(
  text: string,
  offset: number,
  expected: string,
  cause?: unknown,
): YamlError {
  const before = text.slice(0, offset).split('\n');
  const column = (before.at(-1) ?? '').length + 1;
  const found = (text.slice(offset).split('\n')[0] ?? '').trimEnd();
  const shown = found.length > 40 ? `${found.slice(0, 40)}…` : found;
  const end = offset >= text.length ? 'the end' : 'the end of the line';
  const error = new YamlError(
    before.length,
    column,
    `expected ${expected}, found ${shown === '' ? end : JSON.stringify(shown)}`,
  );
  error.cause = cause;
  return error;
}

/** What would have been right, by the parser's code. */
const expectations: Readonly<Partial<Record<YAMLError['code'], string>>> = {
  ALIAS_PROPS: 'an alias without a tag or an anchor of its own',
  BAD_ALIAS: 'the name of an anchor after "*" or "&"',
  BAD_COLLECTION_TYPE: 'plain data without a tag',
  BAD_DIRECTIVE: 'a document, which may not begin with "%"',
  BAD_DQ_ESCAPE: 'an escape such as "\\n", "\\\\" or "\\u0041"',
  BAD_INDENT: 'the same indentation as the entries beside it',
  BAD_PROP_ORDER: 'anchors after "-", "?" and ":"',
  BAD_SCALAR_START: 'quotes around a value that begins with this character',
  BLOCK_AS_IMPLICIT_KEY:
    'one "key: value" on a line; what is nested begins on the next line',
  BLOCK_IN_FLOW: 'only "[…]", "{…}" and plain values inside brackets',
  DUPLICATE_KEY: 'each key once',
  KEY_OVER_1024_CHARS: 'a key of at most 1024 characters',
  MULTILINE_IMPLICIT_KEY: '"key: value" on one line',
  MULTIPLE_ANCHORS: 'one anchor',
  MULTIPLE_DOCS: 'one document',
  MULTIPLE_TAGS: 'plain data without a tag',
  NON_STRING_KEY: 'text as key',
  RESOURCE_EXHAUSTION: 'less nesting',
  TAB_AS_INDENT: 'spaces as indentation',
  TAG_RESOLVE_FAILED: 'plain data without a tag',
  UNEXPECTED_TOKEN: 'the next entry at the indentation of the one before',
};

function expectation({ code, message }: YAMLError): string {
  const [text = ''] = message.split(/ at line \d+/);
  const closing = /end with an? (?<mark>\S)$/.exec(text)?.groups?.['mark'];
  if (closing !== undefined) return `a closing "${closing}"`;
  if (/[Mm]issing closing/.test(text)) return 'a closing quote';
  if (text.startsWith('Implicit map keys')) return '"key: value" on one line';
  if (/between flow .* items/.test(text)) return '"," between the items';
  return expectations[code] ?? `valid YAML (${text})`;
}
