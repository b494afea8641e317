/**
 * The parts of Kubernetes' core types that a Revision's container may have.
 */
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

const numberOrText: JsonSchema = { type: ['integer', 'string'] };

const keyRef = object({ name: text, key: text, optional: flag }, ['key']);

const envVar = object(
  {
    name: text,
    value: text,
    valueFrom: object({
      fieldRef: object({ apiVersion: text, fieldPath: text }),
      resourceFieldRef: object({
        containerName: text,
        resource: text,
        divisor: numberOrText,
      }),
      configMapKeyRef: keyRef,
      secretKeyRef: keyRef,
    }),
  },
  ['name'],
);

const source = object({ name: text, optional: flag });

const handler = {
  exec: object({ command: listOf(text) }),
  httpGet: object({
    path: text,
    port: numberOrText,
    host: text,
    scheme: oneOf('', 'HTTP', 'HTTPS'),
    httpHeaders: listOf(object({ name: text, value: text })),
  }),
  tcpSocket: object({ port: numberOrText, host: text }),
};

const probe = object({
  ...handler,
  initialDelaySeconds: integer(),
  timeoutSeconds: integer(),
  periodSeconds: integer(),
  successThreshold: integer(),
  failureThreshold: integer(),
});

const resources: JsonSchema = object({
  limits: mapOf(numberOrText),
  requests: mapOf(numberOrText),
});

export const container: JsonSchema = object({
  name: text,
  image: text,
  command: listOf(text),
  args: listOf(text),
  workingDir: text,
  ports: listOf(
    object({
      name: text,
      hostPort: integer(0, 65535),
      containerPort: integer(0, 65535),
      protocol: oneOf('', 'TCP', 'UDP', 'SCTP'),
      hostIP: text,
    }),
  ),
  envFrom: listOf(
    object({ prefix: text, configMapRef: source, secretRef: source }),
  ),
  env: listOf(envVar),
  resources,
  volumeMounts: listOf(
    object(
      {
        name: text,
        readOnly: flag,
        mountPath: text,
        subPath: text,
        mountPropagation: text,
      },
      ['name'],
    ),
  ),
  livenessProbe: probe,
  readinessProbe: probe,
  lifecycle: object({ postStart: object(handler), preStop: object(handler) }),
  terminationMessagePath: text,
  terminationMessagePolicy: oneOf('', 'File', 'FallbackToLogsOnError'),
  imagePullPolicy: oneOf('', 'Always', 'Never', 'IfNotPresent'),
  securityContext: { type: 'object' },
  stdin: flag,
  stdinOnce: flag,
  tty: flag,
});

/** A volume: its name, and one source of any kind. */
export const volume: JsonSchema = {
  type: 'object',
  properties: { name: text },
  required: ['name'],
  additionalProperties: anything,
};

export const objectReference: JsonSchema = object({
  apiVersion: text,
  kind: text,
  namespace: text,
  name: text,
  uid: text,
  resourceVersion: text,
  fieldPath: text,
});
