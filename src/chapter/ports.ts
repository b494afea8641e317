/**
 * The ports of `chapter try`: functions that take one document of the user's
 * and say what they decide.
 */
import type { Port } from './port.ts';

/** A port, before its code is loaded. */
export interface PortEntry {
  readonly about: string;
  readonly load: () => Promise<Port>;
}

/** Every port by its name. A port's code is loaded when it is asked for. */
export const portTable: Readonly<Record<string, PortEntry>> = {
  'knative/service': {
    about: 'one run of the service controller over objects and a key',
    load: async () => (await import('./ports/knative-service.ts')).port,
  },
  'knative/configuration': {
    about: 'one run of the configuration controller',
    load: async () => (await import('./ports/knative-configuration.ts')).port,
  },
  'knative/route': {
    about: 'one run of the route controller',
    load: async () => (await import('./ports/knative-route.ts')).port,
  },
  'knative/traffic': {
    about: 'which Revisions get the traffic of a Route',
    load: async () => (await import('./ports/knative-traffic.ts')).port,
  },
  'knative/revision': {
    about: 'one run of the revision controller, without a registry',
    load: async () => (await import('./ports/knative-revision.ts')).port,
  },
  'knative/labeler': {
    about: 'one run of the labeler over a Route',
    load: async () => (await import('./ports/knative-labeler.ts')).port,
  },
  'knative/clusteringress': {
    about: 'one run of the clusteringress controller',
    load: async () => (await import('./ports/knative-clusteringress.ts')).port,
  },
  'knative/kpa': {
    about: 'one run of the KPA controller over a PodAutoscaler',
    load: async () => (await import('./ports/knative-kpa.ts')).port,
  },
  'knative/autoscaler': {
    about: 'how many pods the autoscaler wants, from measurements',
    load: async () => (await import('./ports/knative-autoscaler.ts')).port,
  },
  'kubelet/pod-actions': {
    about: 'what is to be done about a pod: computePodActions',
    load: async () => (await import('./ports/kubelet-pod-actions.ts')).port,
  },
  'kubelet/relist': {
    about: 'the events that PLEG makes of what a runtime lists',
    load: async () => (await import('./ports/kubelet-relist.ts')).port,
  },
  'kubelet/config-merge': {
    about: 'what a word of a source puts on the channel of the main loop',
    load: async () => (await import('./ports/kubelet-config-merge.ts')).port,
  },
  'kubelet/container-gc': {
    about: 'which dead containers and sandboxes are removed',
    load: async () => (await import('./ports/kubelet-container-gc.ts')).port,
  },
  'tomcat/uri-template': {
    about: 'whether a path matches a template, or which of several',
    load: async () => (await import('./ports/tomcat-uri-template.ts')).port,
  },
  'tomcat/extensions': {
    about: 'how an extension header is read, and what is agreed on',
    load: async () => (await import('./ports/tomcat-extensions.ts')).port,
  },
  'tomcat/handshake': {
    about: 'what Tomcat answers to a request, and what the lab hears of it',
    load: async () => (await import('./ports/tomcat-handshake.ts')).port,
  },
  'tomcat/frames': {
    about: 'what an endpoint of the lab makes of the bytes of a client',
    load: async () => (await import('./ports/tomcat-frames.ts')).port,
  },
};
