/**
 * Who has a lane in this chapter, and how its stories begin.
 */
import type { Lane, View } from '../../scenario.ts';
import {
  delays,
  fold as usual,
  folded as usuallyFolded,
  informers,
  user,
} from '../cast.ts';
import type { ScalingStage } from '../scaling/stage.ts';

export const cast: readonly Lane[] = [
  user,
  {
    id: 'clients',
    noun: 'the clients',
    role: 'keep so many requests in flight',
    played: true,
    tasks: ['client *', 'scenario'],
  },
  {
    id: 'pods',
    noun: 'the queue-proxy',
    role: 'one in each pod; measures once a second',
    tasks: ['pod *', 'helloworld-go-*', 'connection to *', 'request *'],
  },
  {
    id: 'autoscaler',
    noun: 'the autoscaler',
    role: 'decides every two seconds',
    tasks: ['autoscaler *', 'scaler *'],
  },
  informers,
  {
    id: 'kpa',
    noun: 'the KPA controller',
    role: 'two workers, in the process of the autoscaler',
    tasks: ['kpa-*'],
  },
  {
    id: 'cluster',
    noun: 'the cluster',
    role: 'makes pods, runs them, lists their addresses',
    tasks: ['deployment-controller', 'endpoints-controller', 'node-*'],
  },
];

/** Who is who. */
const who =
  'cast: user; clients = keep so many requests in flight, played by the scenario; pods = a queue-proxy in each pod, before a program that works for as long as the scenario says; autoscaler, kpa = the autoscaler’s process, where the KPA controller runs too; informers = its caches and their handlers; cluster = stands in for Kubernetes’ own controllers and one node';

/** The lines that every story of this chapter begins with. */
export const notes: readonly string[] = [
  who,
  delays,
  'config-autoscaler is not set, so its defaults hold: a decision every 2 s, a stable window of 60 s, a panic window of 6 s, a grace period of 30 s; caches repeat what they hold every 30 s',
  'folded: single requests and measurements, and what the cluster does among itself',
];

export const folded: readonly string[] = [
  ...usuallyFolded,
  'cluster',
  'knative/apis',
  'knative/autoscaler/aggregation.ts',
  'knative/autoscaler/statserver',
  'knative/cmd',
  'knative/queue',
  'knative/time',
  'knative/websocket',
  'scenarios/knative/scaling/stage.ts',
];

/**
 * Single requests and measurements are many, and each is like the last; what
 * the cluster does is told by how many pods are ready.
 */
export const fold: readonly string[] = [
  ...usual,
  ...['bytes.', 'chan.recv', 'clock.', 'select.', 'watch.deliver'],
  ...['chan.send statsCh', 'chan.send close', 'chan.close'],
  ...['change desired', 'change replicas', 'state Active', 'state mode'],
  ...['queue.done KPA-Class', 'queue.get KPA-Class'],
  ...['queue.add dep', 'queue.get dep', 'queue.done dep', 'queue.addAfter'],
  ...['queue.add end', 'queue.get end', 'queue.done end'],
  ...['store.create Endpoints', 'store.update Endpoints'],
  ...['store.create Pod ', 'store.update Pod ', 'store.delete Pod '],
  ...['store.updateStatus Pod ', 'store.updateStatus Deployment'],
];

/** How a run of this chapter is looked at. */
export function look(stage: ScalingStage): View {
  return {
    machines: [
      {
        name: 'Active',
        states: ['Unknown', 'True', 'False'],
        initial: stage.active,
        read: () => stage.active,
      },
      {
        name: 'mode',
        states: ['stable', 'panic'],
        initial: 'stable',
        read: () => stage.mode,
      },
    ],
    watched: [
      { name: 'desired scale', read: () => stage.desired },
      { name: 'replicas', read: () => stage.replicas },
      { name: 'ready pods', read: () => stage.ready },
    ],
  };
}
