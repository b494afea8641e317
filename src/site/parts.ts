/**
 * The four parts of the site and the chapters each of them is to have.
 *
 * The plan is data, so that the pages can say honestly which chapters exist:
 * a planned chapter without a file in `content/` is shown as not written.
 */

export interface PlannedChapter {
  /** `knative/02-service`. */
  readonly id: string;
  /** A word or two for lists and crumbs. */
  readonly name: string;
}

export interface Part {
  readonly id: string;
  readonly name: string;
  /** One line under the name in lists. */
  readonly about: string;
  /** The pinned releases whose behaviour its chapters were checked against. */
  readonly releases: readonly string[];
  readonly chapters: readonly PlannedChapter[];
}

const serving = 'Knative Serving v0.4.1';
const kubernetes = 'Kubernetes v1.13.5';
const tomcat = 'Apache Tomcat 7.0.88';

export const parts: readonly Part[] = [
  {
    id: 'knative',
    name: 'Knative',
    about: 'Serving v0.4.1, its reconcilers',
    releases: [serving],
    chapters: [
      { id: 'knative/01-control-loop', name: 'The control loop' },
      { id: 'knative/02-service', name: 'Service' },
      { id: 'knative/03-configuration', name: 'Configuration' },
      { id: 'knative/04-revision', name: 'Revision' },
      { id: 'knative/05-route', name: 'Route' },
      { id: 'knative/06-ingress', name: 'Ingress' },
      { id: 'knative/07-autoscaler', name: 'Autoscaler' },
      { id: 'knative/08-activator', name: 'Activator' },
    ],
  },
  {
    id: 'kubelet',
    name: 'Kubelet',
    about: 'Kubernetes v1.13.5, the path of a pod',
    releases: [kubernetes],
    chapters: [
      { id: 'kubelet/01-sync-loop', name: 'The sync loop' },
      { id: 'kubelet/02-pod-workers', name: 'Pod workers' },
      { id: 'kubelet/03-sync-pod', name: 'syncPod' },
      { id: 'kubelet/04-runtime', name: 'The runtime' },
      { id: 'kubelet/05-pleg', name: 'PLEG' },
      { id: 'kubelet/06-clean-up', name: 'Cleaning up' },
    ],
  },
  {
    id: 'tomcat',
    name: 'Tomcat',
    about: '7.0.88, from HTTP to WebSocket',
    releases: [tomcat],
    chapters: [
      { id: 'tomcat/01-process-loop', name: 'The process loop' },
      { id: 'tomcat/02-handshake', name: 'The handshake' },
      { id: 'tomcat/03-upgrade', name: 'The upgrade' },
      { id: 'tomcat/04-frames', name: 'Frames' },
      { id: 'tomcat/05-client', name: 'The client' },
    ],
  },
  {
    id: 'whole',
    name: 'The whole',
    about: 'All of it at once',
    releases: [serving, kubernetes, tomcat],
    chapters: [
      { id: 'whole/01-apply-to-curl', name: 'From apply to curl' },
      { id: 'whole/02-three-loops', name: 'Three loops' },
    ],
  },
];

/** The part that a chapter belongs to. */
export function partOf(chapter: string): Part {
  const id = chapter.split('/')[0];
  const part = parts.find((each) => each.id === id);
  if (part === undefined) {
    throw new RangeError(
      `Cannot place chapter "${chapter}": no part is named "${String(id)}"`,
    );
  }
  return part;
}

/** `02` of `knative/02-service`. */
export function numberOf(chapter: string): string {
  return /\/(\d+)/.exec(chapter)?.[1] ?? '';
}
