/**
 * What the readers of our reports want, written down apart from what writes
 * them: schemas, and parsers that refuse whatever they would.
 */
import assert from 'node:assert/strict';
import { Ajv } from 'ajv';

const ajv = new Ajv({ strict: false, allErrors: true });

/** Fails unless a document fits a schema. */
export function fits(schema: object, document: unknown): void {
  const validate = ajv.compile(schema);
  assert.ok(validate(document), JSON.stringify(validate.errors, undefined, 1));
}

const text = { type: 'string', minLength: 1 };

/** Exercism's test runner interface, version 3. */
export const exercismSchema = {
  type: 'object',
  required: ['version', 'status', 'tests'],
  properties: {
    version: { const: 3 },
    status: { enum: ['pass', 'fail', 'error'] },
    message: { type: ['string', 'null'], maxLength: 65_535 },
    tests: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name', 'status', 'test_code'],
        properties: {
          name: text,
          status: { enum: ['pass', 'fail', 'error'] },
          test_code: text,
          task_id: { type: 'integer', minimum: 1 },
          message: { type: 'string', maxLength: 65_535 },
          output: { type: 'string', maxLength: 500 },
        },
        if: { properties: { status: { enum: ['fail', 'error'] } } },
        then: { required: ['message'] },
      },
    },
  },
  if: { properties: { status: { const: 'error' } } },
  then: { required: ['message'] },
};

/** Classroom 50's result, version 1. */
export const classroom50Schema = {
  type: 'object',
  required: [
    ...['schema', 'classroom', 'assignment', 'submission', 'commit'],
    ...['release', 'review', 'datetime', 'score', 'max-score', 'tests'],
  ],
  properties: {
    schema: { const: 'classroom50/result/v1' },
    classroom: text,
    assignment: text,
    submission: text,
    commit: text,
    release: text,
    review: text,
    datetime: {
      type: 'string',
      pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$',
    },
    score: { type: 'integer', minimum: 0 },
    'max-score': { type: 'integer', minimum: 0 },
    tests: {
      type: 'array',
      items: {
        type: 'object',
        required: ['test-name', 'passed', 'score', 'max-score'],
        properties: {
          'test-name': { ...text, maxLength: 100 },
          passed: { type: 'boolean' },
          score: { type: 'integer', minimum: 0 },
          'max-score': { type: 'integer', minimum: 0, maximum: 1000 },
        },
      },
    },
  },
};

/** An element of XML. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** Parses XML without doctypes; fails at what is not well-formed. */
export function parseXml(source: string): Element {
  const body = source.replace(/^<\?xml [^?]*\?>\s*/, '');
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  for (const [, close, name, attributes, empty, between] of body.matchAll(
    /<(\/?)([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/g,
  )) {
    const at = open.at(-1)!;
    if (between !== undefined) at.text += decoded(between);
    else if (close === '/') {
      assert.equal(name, at.name, 'ends what began');
      open.pop();
    } else {
      const element = {
        name: name!,
        attributes: attributesOf(attributes ?? ''),
        children: [],
        text: '',
      };
      at.children.push(element);
      if (empty !== '/') open.push(element);
    }
  }
  assert.equal(open.length, 1, 'everything is closed');
  assert.equal(root.children.length, 1);
  return root.children[0]!;
}

const attributesOf = (source: string): Record<string, string> =>
  Object.fromEntries(
    [...source.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [
      name!,
      decoded(value!),
    ]),
  );

function decoded(source: string): string {
  assert.doesNotMatch(source, /&(?!(?:amp|lt|gt|quot);)/);
  return source
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

export interface TestPoint {
  readonly ok: boolean;
  readonly number: number;
  readonly description: string;
  readonly diagnostic: Record<string, unknown>;
}

/** Parses TAP 14, as far as we write it; fails at any other line. */
export function parseTap(source: string): TestPoint[] {
  const [version, plan, ...lines] = source.trimEnd().split('\n');
  assert.equal(version, 'TAP version 14');
  const points: TestPoint[] = [];
  for (const line of lines) {
    const point = /^(?<not>not )?ok (?<number>\d+) - (?<about>.*)$/.exec(line);
    if (point?.groups !== undefined) {
      const { about, not, number } = point.groups;
      assert.doesNotMatch(about!, /(?<!\\)#/, 'no directive');
      points.push({
        ok: not === undefined,
        number: Number(number),
        description: about!.replace(/\\([\\#])/g, '$1'),
        diagnostic: {},
      });
      continue;
    }
    const field = /^ {2}(?<name>\w+): (?<value>.*)$/.exec(line)?.groups;
    if (field === undefined) assert.match(line, /^ {2}(?:---|\.\.\.)$/);
    else {
      points.at(-1)!.diagnostic[field['name']!] = JSON.parse(field['value']!);
    }
  }
  assert.equal(plan, `1..${points.length}`);
  assert.deepEqual(
    points.map(({ number }) => number),
    points.map((_, index) => index + 1),
  );
  return points;
}

/** Parses RFC 4180; fails at a lone quote. */
export function parseCsv(source: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, bare, end] of source.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/gy,
  )) {
    if (end === '' && bare === '') break;
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
    if (end === '\r\n') rows.push([]);
  }
  assert.deepEqual(rows.pop(), [], 'ends with a line end');
  return rows;
}
