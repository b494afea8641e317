/**
 * Who has a lane in this chapter, and how its stories begin.
 */
import type { Lane, View } from '../../scenario.ts';
import { fold as usual, folded as usuallyFolded, informers } from '../cast.ts';
import type { Stage } from './stage.ts';

export const cast: readonly Lane[] = [
  { id: 'user', noun: 'the user', tasks: ['user*'] },
  {
    id: 'gateway',
    noun: 'the gateway',
    role: 'goes by a VirtualService',
    tasks: ['gateway*'],
  },
  {
    id: 'activator',
    noun: 'the activator',
    role: 'holds requests, and reports them',
    tasks: ['activator *', 'activate *', 'watch *'],
  },
  {
    id: 'autoscaler',
    noun: 'the autoscaler',
    role: 'decides, and has its KPA controller write',
    tasks: ['autoscaler *', 'scaler *', 'kpa-*'],
  },
  informers,
  {
    id: 'revision',
    noun: 'the revision controller',
    role: 'two workers on queue Revisions',
    tasks: ['revision-*'],
  },
  {
    id: 'cluster',
    noun: 'the cluster',
    role: 'makes pods, runs them, lists their addresses',
    tasks: ['deployment-controller', 'endpoints-controller', 'node-*'],
  },
  {
    id: 'pod',
    noun: 'the queue-proxy',
    role: 'in the pod, before the program',
    tasks: ['pod *', 'helloworld-go-*', 'request *'],
  },
  {
    id: 'scenario',
    noun: 'the scenario',
    role: 'plays the route controller',
    played: true,
    tasks: ['scenario'],
  },
];

/** The lines that every story of this chapter begins with. */
export const notes: readonly string[] = [
  'cast: user; gateway = stands in for Istio, and goes by one VirtualService; activator; autoscaler = with the KPA controller in its process; informers = the caches of all processes and their handlers; revision = the revision controller; cluster = stands in for Kubernetes’ own controllers and one node; pod = its queue-proxy, before a program; scenario = plays the route controller and what makes VirtualServices',
  'an API answer takes 2 ms, a cache is updated after 1 ms, bytes travel for 1 ms; the clock starts at 2019-04-05T00:00:00Z',
  'at the start the Revision has been inactive for 40 s, and its last pod has just gone, whose last measurement comes at 1.5 s; the gateway sends requests to the activator and does not retry',
  'folded: single measurements, and what the cluster does among itself',
];

export const folded: readonly string[] = [
  ...usuallyFolded,
  'cluster',
  'knative/apis',
  'knative/autoscaler/aggregation.ts',
  'knative/autoscaler/statserver',
  'knative/cmd',
  'knative/configmap',
  'knative/http',
  'knative/reconciler/v1alpha1/revision',
  'knative/time',
  'knative/websocket',
  'scenarios/knative/scaling',
  'scenarios/knative/08-activator/stage.ts',
];

export const fold: readonly string[] = [
  ...usual,
  ...['bytes.connect', 'bytes.close', 'bytes.block', 'bytes.read'],
  ...['watch.deliver', 'chan.close', 'chan.send close', 'chan.send events'],
  ...['chan.send statsCh', 'chan.send reqChan', 'chan.send answer'],
  ...['chan.send statChan activator #', 'chan.send breaker'],
  ...['chan.recv stat', 'chan.recv close', 'chan.recv req', 'chan.recv act'],
  ...['chan.recv report', 'chan.recv events', 'select.one'],
  'chan.recv breaker default/helloworld-go-00001/pending',
  'chan.recv breaker default/helloworld-go-00001/tokens empty #',
  'chan.recv breaker helloworld-go-00001-deployment-00001',
  ...['select.block MultiScaler', 'select.block ConcurrencyReporter'],
  ...['select.block activateRevision #2', 'select.block timeoutHandler'],
  ...['change desired', 'change replicas', 'state Active', 'call judge'],
  ...['queue.done', 'queue.get', 'queue.addAfter', 'call Gateway.#pick'],
  ...['queue.add dep', 'queue.add end', 'queue.add Revisions'],
  ...['store.create Endpoints', 'store.update Endpoints'],
  ...['store.create Pod ', 'store.update Pod ', 'store.delete Pod '],
  ...['store.updateStatus Pod ', 'store.updateStatus Deployment'],
];

/** How a run of this chapter is looked at. */
export function look(stage: Stage): View {
  return {
    machines: [
      {
        name: 'Active',
        states: ['Unknown', 'True', 'False'],
        initial: stage.active,
        read: () => stage.active,
      },
    ],
    watched: [
      { name: 'desired scale', read: () => stage.desired },
      { name: 'replicas', read: () => stage.replicas },
      { name: 'ready pods', read: () => stage.ready },
      { name: 'activator capacity', read: () => stage.capacity },
    ],
  };
}
