/**
 * JSON Schemas as plain data, and the few words we write them with.
 *
 * An object made by `object` knows all its fields: another one is an error.
 * The `description` of a schema completes "expected …" in messages.
 */

export interface JsonSchema {
  readonly [keyword: string]: unknown;
  readonly description?: string;
}

/** All fields, those that must be there, and what the object is. */
export function object(
  properties: Readonly<Record<string, JsonSchema>>,
  required: readonly string[] = [],
): JsonSchema {
  return {
    type: 'object',
    properties,
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  };
}

/** An object whose keys are names of the user's. */
export const mapOf = (values: JsonSchema): JsonSchema => ({
  type: 'object',
  additionalProperties: values,
});

export const listOf = (items: JsonSchema): JsonSchema => ({
  type: 'array',
  items,
});

export const oneOf = (...values: readonly string[]): JsonSchema => ({
  enum: values,
});

/** A whole number between two bounds. */
export const integer = (minimum?: number, maximum?: number): JsonSchema => ({
  type: 'integer',
  ...(minimum === undefined ? {} : { minimum }),
  ...(maximum === undefined ? {} : { maximum }),
});

export const text: JsonSchema = { type: 'string' };
export const flag: JsonSchema = { type: 'boolean' };
export const anything: JsonSchema = {};

/** Text that has a form; `description` says which. */
export const textLike = (pattern: string, description: string): JsonSchema => ({
  type: 'string',
  pattern,
  description,
});

/** `null` as well, as Go writes a time that is not set. */
export const orNull = (schema: JsonSchema): JsonSchema => ({
  ...schema,
  type: [schema['type'], 'null'],
});

export const time = textLike(
  '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$',
  'a time such as "2019-04-05T00:00:00Z"',
);
