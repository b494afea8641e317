/**
 * The JSON mapping of OpenTelemetry's `trace.proto` as a JSON Schema, and what
 * a schema cannot say: that ids are unique and lead somewhere.
 *
 * 64-bit integers are decimal text, bytes of ids are hexadecimal, enumerations
 * are numbers, and field names are in lowerCamelCase.
 */
import assert from 'node:assert/strict';
import { Ajv } from 'ajv';

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly events?: readonly { readonly timeUnixNano: string }[];
  readonly links?: readonly {
    readonly traceId: string;
    readonly spanId: string;
  }[];
  readonly status?: { readonly code: number; readonly message?: string };
}

const record = (
  properties: Readonly<Record<string, unknown>>,
  ...required: readonly string[]
) => ({ type: 'object', additionalProperties: false, properties, required });

const list = (items: unknown) => ({ type: 'array', items });
const text = { type: 'string' };
const uint32 = { type: 'integer', minimum: 0, maximum: 2 ** 32 - 1 };
const uint64 = { type: 'string', pattern: '^(0|[1-9]\\d{0,19})$' };
const int64 = { type: 'string', pattern: '^-?(0|[1-9]\\d{0,18})$' };
const id = (digits: number) => ({
  type: 'string',
  // All zeros is no id.
  pattern: `^(?!0{${digits}}$)[0-9a-f]{${digits}}$`,
});

const anyValue = {
  ...record({
    stringValue: text,
    boolValue: { type: 'boolean' },
    intValue: int64,
    doubleValue: { type: 'number' },
    arrayValue: record({ values: list({ $ref: '#/definitions/anyValue' }) }),
    kvlistValue: record({ values: { $ref: '#/definitions/attributes' } }),
    bytesValue: text,
  }),
  maxProperties: 1,
};
const attributes = list(
  record(
    { key: { type: 'string', minLength: 1 }, value: anyValue },
    'key',
    'value',
  ),
);
const dropped = { droppedAttributesCount: uint32 };
const scope = record({ name: text, version: text, attributes, ...dropped });
const span = record(
  {
    traceId: id(32),
    spanId: id(16),
    traceState: text,
    parentSpanId: id(16),
    flags: uint32,
    name: { type: 'string', minLength: 1 },
    kind: { enum: [0, 1, 2, 3, 4, 5] },
    startTimeUnixNano: uint64,
    endTimeUnixNano: uint64,
    attributes,
    ...dropped,
    events: list(
      record(
        { timeUnixNano: uint64, name: text, attributes, ...dropped },
        'timeUnixNano',
        'name',
      ),
    ),
    droppedEventsCount: uint32,
    links: list(
      record(
        {
          traceId: id(32),
          spanId: id(16),
          traceState: text,
          attributes,
          flags: uint32,
          ...dropped,
        },
        'traceId',
        'spanId',
      ),
    ),
    droppedLinksCount: uint32,
    status: record({ code: { enum: [0, 1, 2] }, message: text }),
  },
  'traceId',
  'spanId',
  'name',
  'startTimeUnixNano',
  'endTimeUnixNano',
);
const scopeSpans = record({ scope, spans: list(span), schemaUrl: text });
const resource = record({ attributes, ...dropped });
const resourceSpans = record({
  resource,
  scopeSpans: list(scopeSpans),
  schemaUrl: text,
});

const validate = new Ajv().compile({
  definitions: { anyValue, attributes },
  ...record({ resourceSpans: list(resourceSpans) }, 'resourceSpans'),
});

interface OtlpFile {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly Span[] }[];
  }[];
}

/** Fails unless a text is OTLP/JSON whose spans form one tree. */
export function checkOtlp(file: string): Span[] {
  const data = JSON.parse(file) as OtlpFile;
  if (!validate(data)) assert.fail(JSON.stringify(validate.errors));
  const spans = data.resourceSpans.flatMap((one) =>
    one.scopeSpans.flatMap(({ spans: own }) => own),
  );
  const known = new Map(spans.map((one) => [one.spanId, one]));
  assert.equal(known.size, spans.length, 'ids are unique');
  const [root] = spans;
  for (const one of spans) {
    const { traceId, parentSpanId, links = [], events = [] } = one;
    assert.equal(traceId, root?.traceId);
    if (one !== root) assert.ok(parentSpanId, `${one.name} has a parent`);
    const start = BigInt(one.startTimeUnixNano);
    assert.ok(BigInt(one.endTimeUnixNano) >= start);
    const parent = known.get(parentSpanId ?? '');
    if (parentSpanId !== undefined) {
      assert.ok(parent && BigInt(parent.startTimeUnixNano) <= start, one.name);
    }
    for (const link of links) {
      assert.equal(link.traceId, traceId);
      assert.ok(known.has(link.spanId) && link.spanId !== one.spanId);
    }
    for (const { timeUnixNano } of events) {
      assert.ok(BigInt(timeUnixNano) >= start);
    }
  }
  return spans;
}
