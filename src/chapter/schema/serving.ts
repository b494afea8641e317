/**
 * The kinds of serving.knative.dev/v1alpha1 as release 0.4.1 knows them: their
 * fields and the types of these. What the fields may say together is for the
 * webhook to judge, in its own words.
 */
import { container, objectReference, volume } from './core.ts';
import { integer, listOf, object, text } from './json-schema.ts';
import type { JsonSchema } from './json-schema.ts';
import { condition, kind, templateMetadata } from './meta.ts';

export const servingVersion = 'serving.knative.dev/v1alpha1';

const revisionSpec = object({
  generation: integer(0),
  servingState: text,
  concurrencyModel: text,
  containerConcurrency: integer(),
  serviceAccountName: text,
  buildName: text,
  buildRef: objectReference,
  container,
  volumes: listOf(volume),
  timeoutSeconds: integer(),
});

const configurationSpec = object({
  generation: integer(0),
  build: { type: 'object' },
  revisionTemplate: object({
    metadata: templateMetadata,
    spec: revisionSpec,
  }),
});

const trafficTarget = object({
  name: text,
  revisionName: text,
  configurationName: text,
  percent: integer(),
});

const conditions = listOf(condition);

const address = object({ hostname: text });

const routeStatusFields = {
  domain: text,
  domainInternal: text,
  address,
  traffic: listOf(trafficTarget),
};

const latestRevisions = {
  latestReadyRevisionName: text,
  latestCreatedRevisionName: text,
};

const status = (fields: Readonly<Record<string, JsonSchema>>): JsonSchema =>
  object({ conditions, observedGeneration: integer(0), ...fields });

/** The four ways to run a Service, as a Service's spec holds them. */
const modes = {
  runLatest: object({ configuration: configurationSpec }),
  pinned: object({ revisionName: text, configuration: configurationSpec }),
  release: object({
    revisions: listOf(text),
    rolloutPercent: integer(),
    configuration: configurationSpec,
  }),
  manual: object({}),
};

const serviceSpec = object({ generation: integer(0), ...modes });

export const service = kind(servingVersion, 'Service', {
  spec: serviceSpec,
  status: status({ ...routeStatusFields, ...latestRevisions }),
});

export const configuration = kind(servingVersion, 'Configuration', {
  spec: configurationSpec,
  status: status(latestRevisions),
});

export const route = kind(servingVersion, 'Route', {
  spec: object({ generation: integer(0), traffic: listOf(trafficTarget) }),
  status: status(routeStatusFields),
});

export const revision = kind(servingVersion, 'Revision', {
  spec: revisionSpec,
  status: status({ serviceName: text, logUrl: text, imageDigest: text }),
});
