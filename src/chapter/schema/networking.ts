/**
 * ClusterIngress as release 0.4.1 knows it.
 */
import {
  flag,
  integer,
  listOf,
  mapOf,
  object,
  oneOf,
  text,
  textLike,
} from './json-schema.ts';
import type { JsonSchema } from './json-schema.ts';
import { condition, kind } from './meta.ts';

export const networkingVersion = 'networking.internal.knative.dev/v1alpha1';

const duration = textLike(
  '^(0|[-+]?((\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|μs|ms|s|m|h))+)$',
  'a duration such as "10m0s"',
);

const split = object(
  {
    serviceNamespace: text,
    serviceName: text,
    servicePort: { type: ['integer', 'string'] },
    percent: integer(),
  },
  ['serviceNamespace', 'serviceName', 'servicePort'],
);

const path = object({
  path: text,
  splits: listOf(split),
  appendHeaders: mapOf(text),
  timeout: duration,
  retries: object({ attempts: integer(), perTryTimeout: duration }),
});

const tls = object({
  hosts: listOf(text),
  secretName: text,
  secretNamespace: text,
  serverCertificate: text,
  privateKey: text,
});

const loadBalancer = object({
  ingress: listOf(
    object({ ip: text, domain: text, domainInternal: text, meshOnly: flag }),
  ),
});

export const clusterIngress: JsonSchema = kind(
  networkingVersion,
  'ClusterIngress',
  {
    spec: object({
      generation: integer(0),
      tls: listOf(tls),
      rules: listOf(
        object({
          hosts: listOf(text),
          http: object({ paths: listOf(path) }),
        }),
      ),
      visibility: oneOf('', 'ExternalIP', 'ClusterLocal'),
    }),
    status: object({
      conditions: listOf(condition),
      loadBalancer,
      observedGeneration: integer(0),
    }),
  },
);
