/**
 * What `--input` may hold: for each kind that a scenario accepts, its schema.
 *
 * A manifest of the right fields and types may still be refused, by the
 * webhook and in the run, as `kubectl apply` would have it.
 */
import { wrongInput } from '../failure.ts';
import { faultOf, misfit } from './check.ts';
import type { JsonSchema } from './json-schema.ts';
import { withoutNulls } from './objects.ts';
import { podManifest } from './pod-manifest.ts';
import { route, service } from './serving.ts';

/** By the words of a scenario's `accepts`. */
const manifests: Readonly<Record<string, JsonSchema>> = {
  'v1 Pod': podManifest,
  'serving.knative.dev/v1alpha1 Route': route,
  'serving.knative.dev/v1alpha1 Service': service,
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
