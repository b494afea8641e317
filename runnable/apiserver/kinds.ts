/**
 * The built-in kinds of object that the chapters use. Knative's own kinds are
 * declared with Knative's types.
 */
import type { Gvr } from './store.ts';

const core = {
  group: '',
  version: 'v1',
  namespaced: true,
  custom: false,
  generations: false,
} as const;

/** What the kubelet runs. */
export const pods: Gvr = { ...core, resource: 'pods', kind: 'Pod' };

/** A name and an address in front of pods; not Knative's Service. */
export const services: Gvr = { ...core, resource: 'services', kind: 'Service' };

/** The addresses of the ready pods behind a Service. */
export const endpoints: Gvr = {
  ...core,
  resource: 'endpoints',
  kind: 'Endpoints',
};

/** Settings, as text. */
export const configMaps: Gvr = {
  ...core,
  resource: 'configmaps',
  kind: 'ConfigMap',
};

/** Passwords and the like. */
export const secrets: Gvr = { ...core, resource: 'secrets', kind: 'Secret' };

/** The machines. */
export const nodes: Gvr = {
  ...core,
  resource: 'nodes',
  kind: 'Node',
  namespaced: false,
};

/** Where the names of other objects are unique. */
export const namespaces: Gvr = {
  ...core,
  resource: 'namespaces',
  kind: 'Namespace',
  namespaced: false,
};

/** How many pods of one template there shall be. */
export const deployments: Gvr = {
  group: 'apps',
  version: 'v1',
  resource: 'deployments',
  kind: 'Deployment',
  namespaced: true,
  custom: false,
  generations: true,
};

/** Built-in resources whose status is an ordinary field, or is not there. */
const withoutStatus = new Set(['configmaps', 'secrets', 'endpoints', 'events']);

/**
 * Whether `/status` is written apart from the rest.
 *
 * @differs a custom resource definition may leave the subresource out; those
 *   of the chapters do not
 */
export function hasStatus(gvr: Gvr): boolean {
  return gvr.custom || gvr.group !== '' || !withoutStatus.has(gvr.resource);
}

/** `serving.knative.dev/v1alpha1`, as an object's `apiVersion` has it. */
export function apiVersionOf(gvr: Gvr): string {
  return gvr.group === '' ? gvr.version : `${gvr.group}/${gvr.version}`;
}

/**
 * Two kinds are called Service; in a trace the one of the core group says so.
 */
export function kindInTrace(gvr: Gvr): string {
  return gvr.group === '' && gvr.kind === 'Service' ? 'core/Service' : gvr.kind;
}

/** Kinds whose initials another kind has taken: `uid-r1` is a Route's. */
const shortKinds: Readonly<Record<string, string>> = {
  Revision: 'rev',
  ReplicaSet: 'rs',
  Pod: 'pod',
  'core/Service': 'svc',
  Secret: 'sec',
  Node: 'node',
  Namespace: 'ns',
  Endpoints: 'ep',
  Event: 'ev',
};

/** The letters of a kind in made-up uids: `ci` for ClusterIngress. */
export function uidPrefix(gvr: Gvr): string {
  const initials = gvr.kind.replaceAll(/[^A-Z]/g, '').toLowerCase();
  return shortKinds[kindInTrace(gvr)] ?? initials;
}
