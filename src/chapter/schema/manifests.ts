/**
 * What `--input` may hold: for each kind that a scenario accepts, its schema.
 *
 * A manifest is held to more than an object of a case is: what the webhook
 * would refuse is refused here.
 */
import { wrongInput } from '../failure.ts';
import { faultOf, misfit } from './check.ts';
import type { JsonSchema } from './json-schema.ts';
import { withoutNulls } from './objects.ts';
import { modes, service, serviceSpec } from './serving.ts';

const modeNames = Object.keys(modes);
const oneMode = `exactly one of ${modeNames.map((mode) => `"${mode}"`).join(', ')}`;

const serviceManifest: JsonSchema = {
  ...service,
  properties: {
    ...(service['properties'] as object),
    spec: {
      allOf: [
        serviceSpec,
        {
          oneOf: modeNames.map((mode) => ({ required: [mode] })),
          description: oneMode,
        },
      ],
      description: oneMode,
    },
  },
  required: [...(service['required'] as string[]), 'spec'],
};

/** By the words of a scenario's `accepts`. */
const manifests: Readonly<Record<string, JsonSchema>> = {
  'serving.knative.dev/v1alpha1 Service': serviceManifest,
};

/**
 * The document, if it is what a scenario accepts.
 *
 * @throws {Failure} with the path of the first fault and what was wanted
 */
export function checkManifest(
  accepts: string,
  document: unknown,
  name: string,
): unknown {
  const schema = manifests[accepts];
  if (schema === undefined) {
    throw new RangeError(
      `Cannot check "${accepts}": expected ${Object.keys(manifests).join(', ')}`,
    );
  }
  const manifest = withoutNulls(document);
  const fault =
    faultOf(identityOf(schema), manifest) ?? faultOf(schema, manifest);
  if (fault === undefined) return manifest;
  throw wrongInput(misfit(name, fault));
}

/**
 * What a manifest must be before its fields are worth a look: of this kind.
 */
function identityOf(schema: JsonSchema): JsonSchema {
  const { apiVersion, kind } = schema['properties'] as Record<
    string,
    JsonSchema
  >;
  return { type: 'object', properties: { apiVersion, kind } };
}
