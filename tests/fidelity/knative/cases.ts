/**
 * The recorded cases of Knative Serving and how their compact objects become
 * whole ones.
 */
import { readFileSync } from 'node:fs';
import type {
  KObject,
  ObjectMeta,
  OwnerReference,
} from '../../../runnable/apiserver/store.ts';
import { formatTime } from '../../../runnable/apiserver/time.ts';
import { fluentdSidecarPreOutputConfig } from '../../../runnable/knative/reconciler/v1alpha1/revision/resources/fluentd.ts';
import { parseDuration } from '../../../runnable/knative/time/duration.ts';
import { completed, isAbbreviated } from './deployments.ts';
import type { Model } from './deployments.ts';

/** An object as the data writes it. */
export interface Compact {
  readonly kind: string;
  readonly metadata?: Partial<ObjectMeta> & { readonly owner?: string[] };
  readonly [field: string]: unknown;
}

export interface Expected {
  readonly creates?: readonly Compact[];
  readonly updates?: readonly Compact[];
  readonly statusPatch?: readonly {
    readonly kind: string;
    readonly name: string;
    readonly status: unknown;
  }[];
  readonly patches?: readonly { readonly name: string; patch: unknown }[];
  readonly deletes?: readonly string[];
  readonly events: readonly unknown[];
  readonly error: string | null;
}

export interface Case {
  readonly id: string;
  readonly controller: string;
  readonly upstreamTest?: {
    readonly file: string;
    readonly test: string;
    readonly row?: string;
  };
  readonly given: unknown;
  readonly inducedFailure?: {
    readonly verb: string;
    readonly resource: string;
  };
  readonly key: string;
  readonly expect: unknown;
}

interface Data {
  readonly cases: readonly Case[];
}

/** Upstream's tests call the system namespace so; the data has it both ways. */
const systemNamespaces = /knative-testing|<system>/g;

const data = JSON.parse(
  readFileSync(
    new URL('../data/knative.json', import.meta.url),
    'utf8',
  ).replaceAll(systemNamespaces, 'knative-serving'),
) as Data;

/** The cases of a controller, in the order of the data. */
export function casesOf(controller: string): Case[] {
  return data.cases.filter((one) => one.controller === controller);
}

/** The name of a case: its upstream test and row. */
export function titleOf({ id, upstreamTest }: Case): string {
  if (upstreamTest === undefined) return id;
  return [upstreamTest.test, upstreamTest.row ?? id].join('/');
}

/** 2019-04-05T00:00:00Z, the moment at which every case happens. */
export const now = 1554422400000;

const serving = 'serving.knative.dev/v1alpha1';
const apiVersions: Readonly<Record<string, string>> = {
  'Service(ksvc)': serving,
  'Service(k8s)': 'v1',
  Configuration: serving,
  Revision: serving,
  Route: serving,
  PodAutoscaler: 'autoscaling.internal.knative.dev/v1alpha1',
  Metric: 'autoscaling.internal.knative.dev/v1alpha1',
  ClusterIngress: 'networking.internal.knative.dev/v1alpha1',
  VirtualService: 'networking.istio.io/v1alpha3',
  Image: 'caching.internal.knative.dev/v1alpha1',
  Build: 'testing.build.knative.dev/v1alpha1',
  Deployment: 'apps/v1',
  ConfigMap: 'v1',
  Endpoints: 'v1',
  Pod: 'v1',
};

/** The API an owner is of; a Service that owns things is Knative's. */
const ownerVersion = (kind: string): string =>
  apiVersions[kind] ?? apiVersions[`${kind}(ksvc)`] ?? 'v1';

/** The uid that an object gets if the data gives it none. */
const uidOf = (kind: string, name: string): string => `uid-${kind}-${name}`;

/** The Deployments that the data writes out in full. */
const models: readonly Model[] = casesOf('revision').flatMap(({ expect }) =>
  ((expect as Expected).creates ?? [])
    .filter((one) => one.kind === 'Deployment' && !isAbbreviated(one))
    .map(({ metadata, ['spec']: spec }) => ({
      revision: (metadata?.name ?? '').replace(/-deployment$/, ''),
      spec,
    })),
);

/** A whole object out of a compact one. */
export function expand(compact: Compact): KObject {
  const whole = isAbbreviated(compact) ? completed(compact, models) : compact;
  const { kind: written, metadata = {}, ...rest } = whole;
  const { owner = [], ...meta } = metadata;
  const kind = written.replace(/\(.*\)$/, '');
  const name = meta.name ?? '';
  const timed = withTimes({ ...rest, meta }) as {
    readonly meta: Partial<ObjectMeta>;
  };
  const { meta: timedMeta, ...fields } = timed;
  return {
    apiVersion: apiVersions[written] ?? 'v1',
    kind,
    ...fields,
    metadata: {
      uid: uidOf(kind, name),
      ...timedMeta,
      name,
      ...(owner.length > 0 ? { ownerReferences: owner.map(ownerOf) } : {}),
    },
  };
}

/** `Service/run-latest#uid` as the reference to a controller. */
function ownerOf(text: string): OwnerReference {
  const [path = '', uid] = text.split('#');
  const [kind = '', name = ''] = path.split('/');
  return {
    apiVersion: ownerVersion(kind),
    kind,
    name,
    uid: uid ?? uidOf(kind, name),
    controller: true,
    blockOwnerDeletion: true,
  };
}

/** Replaces `now-13m` and `unix(now-10m)` by what they stand for. */
function withTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withTimes);
  if (typeof value === 'string') return withTime(value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [key, withTimes(field)]),
  );
}

function withTime(text: string): string {
  if (text === '<fixed preamble + output config>') {
    return fluentdSidecarPreOutputConfig;
  }
  const unix = /^unix\((now.*)\)$/.exec(text)?.[1];
  const instant = instantOf(unix ?? text);
  if (instant === undefined) return text;
  return unix === undefined
    ? formatTime(instant)
    : String(Math.floor(instant / 1000));
}

/** The instant that `now`, `now-13m` or `now+1m` names. */
export function instantOf(text: string): number | undefined {
  const match = /^now(?:([-+])(\d+(?:ms|[smh])))?$/.exec(text);
  if (match === null) return undefined;
  const [, sign = '+', duration = '0'] = match;
  return now + (sign === '-' ? -1 : 1) * parseDuration(duration);
}

/** A ConfigMap of Knative's own. */
export function configMap(name: string, data: Record<string, string>): KObject {
  const metadata = { name, namespace: 'knative-serving' };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, ...{ data } };
}
