/**
 * What every API object has: its type, its metadata, its conditions.
 */
import {
  anything,
  flag,
  integer,
  listOf,
  mapOf,
  object,
  orNull,
  text,
  textLike,
  time,
} from './json-schema.ts';
import type { JsonSchema } from './json-schema.ts';

const name = textLike(
  '^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$',
  'a name of lower-case letters, digits, "-" and "."',
);

const ownerReference = object(
  {
    apiVersion: text,
    kind: text,
    name: text,
    uid: text,
    controller: flag,
    blockOwnerDeletion: flag,
  },
  ['kind', 'name'],
);

const metadataFields = {
  name,
  generateName: text,
  namespace: text,
  uid: text,
  resourceVersion: text,
  generation: integer(0),
  selfLink: text,
  clusterName: text,
  creationTimestamp: orNull(time),
  deletionTimestamp: orNull(time),
  deletionGracePeriodSeconds: integer(0),
  labels: mapOf(text),
  annotations: mapOf(text),
  ownerReferences: listOf(ownerReference),
  finalizers: listOf(text),
  managedFields: listOf(anything),
};

export const metadata: JsonSchema = object(metadataFields, ['name']);

/** Of a template: the name comes later. */
export const templateMetadata: JsonSchema = object({
  ...metadataFields,
  name: text,
});

export const condition: JsonSchema = object(
  {
    type: text,
    /** Whatever stands there: a controller has to cope with it. */
    status: text,
    severity: text,
    lastTransitionTime: orNull(time),
    reason: text,
    message: text,
  },
  ['type', 'status'],
);

/** An object of one kind, whose fields are all known. */
export function kind(
  apiVersion: string,
  kindName: string,
  fields: Readonly<Record<string, JsonSchema>>,
  required: readonly string[] = [],
): JsonSchema {
  return object(
    {
      apiVersion: { const: apiVersion },
      kind: { const: kindName },
      metadata,
      ...fields,
    },
    ['apiVersion', 'kind', 'metadata', ...required],
  );
}
