/**
 * Checks a document against a schema, and words the first fault: the field's
 * path, what was wanted there and what was found.
 */
import { Ajv } from 'ajv';
import type { ErrorObject } from 'ajv';
import { nearest } from '../../source/nearest.ts';
import type { JsonSchema } from './json-schema.ts';

export interface Fault {
  /** `spec.traffic[0].percent`; '' for the whole document. */
  readonly path: string;
  /** `expected …, found …`. */
  readonly reason: string;
}

/** A document or two are checked: shorter validators are not worth their time. */
const ajv = new Ajv({
  strict: false,
  verbose: true,
  code: { optimize: false },
});

/** The first fault of a document; undefined when it has none. */
export function faultOf(
  schema: JsonSchema,
  document: unknown,
): Fault | undefined {
  const validate = ajv.compile(schema);
  if (validate(document)) return undefined;
  const errors = validate.errors ?? [];
  const error = errors.find(({ keyword }) => keyword === 'oneOf') ?? errors[0];
  return error === undefined ? undefined : worded(error);
}

/** A fault as one phrase: `at spec.percent: expected …, found …`. */
export const faultText = ({ path, reason }: Fault): string =>
  path === '' ? reason : `at ${path}: ${reason}`;

/** What is wrong with a document, by the name that the reader knows. */
export const misfit = (name: string, fault: Fault): string =>
  `Cannot use ${name}${fault.path === '' ? ':' : ''} ${faultText(fault)}`;

function worded(error: ErrorObject): Fault {
  const { keyword, instancePath, data } = error;
  const params = error.params as Readonly<Record<string, unknown>>;
  const path = pathOf(instancePath);
  switch (keyword) {
    case 'additionalProperties': {
      const field = String(params['additionalProperty']);
      return { path: joined(path, field), reason: unknownField(error, field) };
    }
    case 'required': {
      const field = String(params['missingProperty']);
      const wanted = propertiesOf(error)[field];
      return {
        path: joined(path, field),
        reason: `expected ${nounOf(wanted)}, found nothing`,
      };
    }
    default:
      return {
        path,
        reason: `expected ${wantedBy(error)}, found ${shown(data)}`,
      };
  }
}

function unknownField(error: ErrorObject, field: string): string {
  const known = Object.keys(propertiesOf(error));
  const [best] = nearest(field, known);
  if (best !== undefined) return `unknown field, did you mean "${best}"?`;
  if (known.length === 0) return 'unknown field, expected none here';
  return `unknown field, expected one of ${known.map(quoted).join(', ')}`;
}

function propertiesOf({
  parentSchema,
}: ErrorObject): Record<string, JsonSchema> {
  return (parentSchema?.['properties'] ?? {}) as Record<string, JsonSchema>;
}

function wantedBy(error: ErrorObject): string {
  const schema = error.parentSchema as JsonSchema;
  if (schema.description !== undefined) return schema.description;
  const limit = String((error.params as { limit?: unknown }).limit);
  switch (error.keyword) {
    case 'minimum':
      return `at least ${limit}`;
    case 'maximum':
      return `at most ${limit}`;
    case 'minItems':
      return `at least ${limit} items`;
    case 'maxItems':
      return `at most ${limit} items`;
    default:
      return nounOf(schema);
  }
}

const nouns: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
};

function nounOf(schema: JsonSchema | undefined): string {
  if (schema?.description !== undefined) return schema.description;
  if (schema?.['const'] !== undefined) return quoted(schema['const']);
  const values = schema?.['enum'];
  if (Array.isArray(values)) {
    return `${values.length === 1 ? '' : 'one of '}${values.map(quoted).join(', ')}`;
  }
  const types = [schema?.['type'] ?? []].flat() as string[];
  if (types.length === 0) return 'a value';
  return types.map((type) => nouns[type] ?? type).join(' or ');
}

const quoted = (value: unknown): string => JSON.stringify(value);

/** A value as a message shows it: short, and lists by their length. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) {
    const keys = Object.keys(value);
    return keys.length === 0
      ? 'an empty object'
      : `an object with ${keys.slice(0, 3).map(quoted).join(', ')}`;
  }
  if (value === undefined) return 'nothing';
  const whole = JSON.stringify(value);
  return whole.length > 40 ? `${whole.slice(0, 40)}…` : whole;
}

/** `/spec/traffic/0/a~1b` → `spec.traffic[0]["a/b"]`. */
function pathOf(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce(joined, '');
}

function joined(path: string, part: string): string {
  if (/^\d+$/.test(part)) return `${path}[${part}]`;
  if (!/^[\w$-]+$/.test(part)) return `${path}[${quoted(part)}]`;
  return path === '' ? part : `${path}.${part}`;
}
