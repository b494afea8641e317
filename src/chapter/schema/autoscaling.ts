/**
 * The kinds of autoscaling.internal.knative.dev/v1alpha1, and Metric, which
 * release 0.4.1 keeps in memory.
 */
import { integer, listOf, object, text } from './json-schema.ts';
import type { JsonSchema } from './json-schema.ts';
import { condition, kind } from './meta.ts';

export const autoscalingVersion = 'autoscaling.internal.knative.dev/v1alpha1';

export const podAutoscaler = kind(autoscalingVersion, 'PodAutoscaler', {
  spec: object({
    generation: integer(0),
    concurrencyModel: text,
    containerConcurrency: integer(0),
    scaleTargetRef: object({ apiVersion: text, kind: text, name: text }),
    serviceName: text,
  }),
  status: object({
    conditions: listOf(condition),
    observedGeneration: integer(0),
  }),
});

const number: JsonSchema = { type: 'number' };

export const metric = kind(autoscalingVersion, 'Metric', {
  spec: object({ targetConcurrency: number }),
  status: object({ desiredScale: integer() }),
});
