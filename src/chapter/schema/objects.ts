/**
 * Any API object: those kinds whose fields we know with all of them, others
 * with what every object has.
 */
import { autoscalingVersion, metric, podAutoscaler } from './autoscaling.ts';
import { anything, text } from './json-schema.ts';
import type { JsonSchema } from './json-schema.ts';
import { metadata } from './meta.ts';
import { clusterIngress, networkingVersion } from './networking.ts';
import {
  configuration,
  revision,
  route,
  service,
  servingVersion,
} from './serving.ts';

const knownKinds: readonly (readonly [string, string, JsonSchema])[] = [
  [servingVersion, 'Service', service],
  [servingVersion, 'Configuration', configuration],
  [servingVersion, 'Route', route],
  [servingVersion, 'Revision', revision],
  [networkingVersion, 'ClusterIngress', clusterIngress],
  [autoscalingVersion, 'PodAutoscaler', podAutoscaler],
  [autoscalingVersion, 'Metric', metric],
];

/** One object of a case. */
export const objectOf: JsonSchema = {
  type: 'object',
  properties: { apiVersion: text, kind: text, metadata },
  required: ['apiVersion', 'kind', 'metadata'],
  additionalProperties: anything,
  allOf: knownKinds.map(([apiVersion, kind, then]) => ({
    if: {
      properties: { apiVersion: { const: apiVersion }, kind: { const: kind } },
    },
    then,
  })),
};

/**
 * A document without its nulls: to an API server, a field that is null is a
 * field that is not there.
 */
export function withoutNulls(document: unknown): unknown {
  if (Array.isArray(document)) return document.map(withoutNulls);
  if (typeof document !== 'object' || document === null) return document;
  return Object.fromEntries(
    Object.entries(document)
      .filter(([, value]) => value !== null)
      .map(([field, value]) => [field, withoutNulls(value)]),
  );
}
