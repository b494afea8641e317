/**
 * Knative's kinds of object, as the API server knows them.
 *
 * Each is a custom resource with a status of its own, so what a controller
 * writes as status cannot change the spec, and the other way round.
 */
import type { Gvr } from '../../apiserver/store.ts';

const custom = {
  version: 'v1alpha1',
  namespaced: true,
  custom: true,
  generations: true,
} as const;

const serving = { ...custom, group: 'serving.knative.dev' } as const;

export const services: Gvr = {
  ...serving,
  resource: 'services',
  kind: 'Service',
};

export const configurations: Gvr = {
  ...serving,
  resource: 'configurations',
  kind: 'Configuration',
};

export const revisions: Gvr = {
  ...serving,
  resource: 'revisions',
  kind: 'Revision',
};

export const routes: Gvr = { ...serving, resource: 'routes', kind: 'Route' };

export const clusterIngresses: Gvr = {
  ...custom,
  group: 'networking.internal.knative.dev',
  resource: 'clusteringresses',
  kind: 'ClusterIngress',
  namespaced: false,
};

export const podAutoscalers: Gvr = {
  ...custom,
  group: 'autoscaling.internal.knative.dev',
  resource: 'podautoscalers',
  kind: 'PodAutoscaler',
};

export const images: Gvr = {
  ...custom,
  group: 'caching.internal.knative.dev',
  resource: 'images',
  kind: 'Image',
};

export const virtualServices: Gvr = {
  ...custom,
  group: 'networking.istio.io',
  version: 'v1alpha3',
  resource: 'virtualservices',
  kind: 'VirtualService',
};

/** All of them, for whoever must find one by an object's kind. */
export const knativeResources: readonly Gvr[] = [
  ...[services, configurations, revisions, routes],
  ...[clusterIngresses, podAutoscalers, images, virtualServices],
];
