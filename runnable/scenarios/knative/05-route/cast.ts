/**
 * Who has a lane in this chapter, and how its stories begin.
 */
import type { Lane } from '../../scenario.ts';
import { delays, informers, user } from '../cast.ts';

export { folded } from '../cast.ts';
import { fold as common } from '../cast.ts';

const service: Lane = {
  id: 'service',
  noun: 'the service controller',
  role: 'two workers on queue Services',
  tasks: ['service-*'],
};

export const cast: readonly Lane[] = [
  user,
  informers,
  {
    id: 'route',
    noun: 'the route controller',
    role: 'two workers on queue Routes',
    tasks: ['route-*'],
  },
  {
    id: 'labeler',
    noun: 'the labeler',
    role: 'two workers on queue Labels',
    tasks: ['labeler-*'],
  },
  {
    id: 'scenario',
    noun: 'the scenario',
    role: 'plays everybody else',
    played: true,
    tasks: ['scenario'],
  },
];

/** The same, and the controller that writes the Route. */
export const castWithService: readonly Lane[] = [
  user,
  informers,
  service,
  ...cast.slice(2),
];

/** Who is who, with the controllers of the process that are real. */
const whoIsWho = (real: string, count: string): string =>
  `cast: user; informers = the shared caches and their handlers; ${real} = ${count} controllers of one process, two workers each; scenario = plays the configuration, revision and clusteringress controllers`;

export const who = whoIsWho('route, labeler', 'two');

/** The lines that most stories of this chapter begin with. */
export const notes: readonly string[] = [who, delays];

export const notesWithService: readonly string[] = [
  whoIsWho('service, route, labeler', 'three'),
  delays,
];

/** Deletes what has lost its owner. */
export const collector: Lane = {
  id: 'collector',
  noun: 'the garbage collector',
  role: 'deletes what has lost its owner',
  tasks: ['garbage-collector'],
};

/** The labeler's queue is the same story on a smaller scale. */
export const fold: readonly string[] = [
  ...common,
  'queue.get Labels',
  'queue.done Labels',
];

/** For runs that begin with everything in place: what is found to be so. */
export const foldFound: readonly string[] = [
  ...fold,
  'queue.get Routes',
  'queue.done Routes',
  'call RouteStatus.',
];
