/**
 * A Pod of a reader's, whose values are the kubelet's to judge: it is held to
 * the names and types of its fields alone.
 */
import { text } from './json-schema.ts';
import type { JsonSchema } from './json-schema.ts';
import { pod, podSpec } from './pod.ts';

export const podManifest: JsonSchema = {
  ...pod,
  properties: {
    ...(pod['properties'] as object),
    spec: {
      ...podSpec,
      properties: {
        ...(podSpec['properties'] as object),
        restartPolicy: text,
      },
      required: [],
    },
  },
  required: ['apiVersion', 'kind', 'metadata'],
};
