/**
 * A Pod of Kubernetes 1.13: its spec with all fields, its status as it is.
 */
import { container, volume } from './core.ts';
import {
  anything,
  flag,
  integer,
  listOf,
  mapOf,
  object,
  oneOf,
  text,
} from './json-schema.ts';
import type { JsonSchema } from './json-schema.ts';
import { metadata } from './meta.ts';

const anyObject: JsonSchema = { type: 'object' };

const named: JsonSchema = {
  ...container,
  required: ['name'],
};

export const podSpec = object(
  {
    volumes: listOf(volume),
    initContainers: listOf(named),
    containers: listOf(named),
    restartPolicy: oneOf('', 'Always', 'OnFailure', 'Never'),
    terminationGracePeriodSeconds: integer(),
    activeDeadlineSeconds: integer(),
    dnsPolicy: text,
    nodeSelector: mapOf(text),
    serviceAccountName: text,
    serviceAccount: text,
    automountServiceAccountToken: flag,
    nodeName: text,
    hostNetwork: flag,
    hostPID: flag,
    hostIPC: flag,
    shareProcessNamespace: flag,
    securityContext: anyObject,
    imagePullSecrets: listOf(object({ name: text })),
    hostname: text,
    subdomain: text,
    affinity: anyObject,
    schedulerName: text,
    tolerations: listOf(anyObject),
    hostAliases: listOf(anyObject),
    priorityClassName: text,
    priority: integer(),
    dnsConfig: anyObject,
    readinessGates: listOf(object({ conditionType: text })),
    runtimeClassName: text,
    enableServiceLinks: flag,
  },
  ['containers'],
);

/** `apiVersion` and `kind` may be left out where only a Pod can stand. */
export const pod: JsonSchema = object(
  {
    apiVersion: { const: 'v1' },
    kind: { const: 'Pod' },
    metadata,
    spec: podSpec,
    status: anything,
  },
  ['metadata', 'spec'],
);
