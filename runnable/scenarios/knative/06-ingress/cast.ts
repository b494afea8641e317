/**
 * Who has a lane in this chapter, and how its stories begin.
 */
import type { Lane } from '../../scenario.ts';
import { delays, fold as usual, informers, user } from '../cast.ts';

/** One of the six controllers. */
function controller(id: string, noun: string, queue: string): Lane {
  const role = `two workers on queue ${queue}`;
  return { id, noun, role, tasks: [`${id}-*`] };
}

export const cast: readonly Lane[] = [
  user,
  informers,
  controller('service', 'the service controller', 'Services'),
  controller('configuration', 'the configuration controller', 'Configurations'),
  controller('revision', 'the revision controller', 'Revisions'),
  controller('route', 'the route controller', 'Routes'),
  controller('labeler', 'the labeler', 'Labels'),
  controller(
    'clusteringress',
    'the clusteringress controller',
    'ClusterIngresses',
  ),
  {
    id: 'kpa',
    noun: 'the KPA controller',
    role: 'in the process of the autoscaler',
    tasks: ['kpa-*', 'autoscaler *', 'scaler *'],
  },
  {
    id: 'activator',
    noun: 'the activator',
    role: 'holds requests for Revisions without pods',
    tasks: ['activator', 'activator (*'],
  },
  {
    id: 'cluster',
    noun: 'the cluster',
    role: 'stands in for Kubernetes: pods and their addresses',
    tasks: ['deployment-controller', 'endpoints-controller', 'node-*'],
  },
  {
    id: 'gateway',
    noun: 'the gateway',
    role: 'stands in for Istio',
    tasks: ['gateway', 'gateway (*', 'deadline', 'deadline (*'],
  },
  {
    id: 'pod',
    noun: 'the pod',
    role: 'queue-proxy and the program',
    tasks: ['pod *', 'request *', 'connection to *', 'helloworld-go-*'],
  },
];

/** The same, and somebody who keeps asking. */
export const castWithClient: readonly Lane[] = [
  user,
  {
    id: 'client',
    noun: 'the client',
    role: 'asks again and again',
    tasks: ['client'],
  },
  ...cast.slice(1),
];

/** Who is who. */
export const who =
  'cast: user; informers = the shared caches and their handlers; service, configuration, revision, route, labeler, clusteringress = the six controllers of one process, two workers each; kpa = the autoscaler’s process; activator = a process of its own; cluster = stands in for Kubernetes’ own controllers and one node; gateway = stands in for Istio; pod = queue-proxy and the program';

/** The lines that most stories of this chapter begin with. */
export const notes: readonly string[] = [who, delays];

export const folded: readonly string[] = [
  'client-go',
  'cluster/deployment-controller.ts',
  'cluster/deployment-status.ts',
  'cluster/endpoints-controller.ts',
  'cluster/http.ts',
  'cluster/index-by.ts',
  'cluster/loop.ts',
  'cluster/network.ts',
  'cluster/node.ts',
  'knative/activator',
  'knative/apis/duck',
  'knative/apis/equality',
  'knative/apis/field-error.ts',
  'knative/controller',
  'knative/gc',
  'knative/reconciler/v1alpha1/revision/resources',
  'knative/autoscaler',
  'knative/configmap',
  'knative/cmd',
  'knative/containerregistry',
  'knative/kmeta',
  'knative/logging',
  'knative/queue',
  'knative/time',
  'knative/websocket',
];

/** What other chapters tell, and what the cluster does among itself. */
export const fold: readonly string[] = [
  ...usual,
  'watch.deliver',
  'queue.',
  'chan.',
  'clock.',
  'select.',
  'bytes.connect',
  'bytes.close',
  'bytes.block',
  'bytes.read',
  'bytes.write gateway',
  'call ServiceStatus.',
  'call RouteStatus.',
  'call isTrafficMigrated',
  'call ignoreRouteLabelChange',
  'call atZero',
  'call QueueProxy.',
  'call glance',
  'store.updateStatus Deployment',
  'store.update Pod',
  'store.create Endpoints',
  'store.update Endpoints',
];

/** For runs that begin with everything in place: what is found to be so. */
export const foldFound: readonly string[] = [
  ...fold,
  'call judge',
  'call Reconciler.#observe',
];

/** The first pod is there: what changes from then on counts. */
export const keep: readonly string[] = [
  'call RouteStatus.markConfigurationNotReady',
  'store.update Endpoints default/helloworld-go-00001-service #2',
];
