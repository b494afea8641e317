/**
 * Who has a lane in this chapter, and which code stays folded.
 */
import type { Lane } from '../../scenario.ts';
import { delays, informers, user } from '../cast.ts';

export { fold, folded } from '../cast.ts';

export const cast: readonly Lane[] = [
  user,
  informers,
  {
    id: 'service',
    noun: 'the service controller',
    role: 'two workers on queue Services',
    tasks: ['service-*'],
  },
  {
    id: 'scenario',
    noun: 'the scenario',
    role: 'plays the other controllers',
    played: true,
    tasks: ['scenario'],
  },
];

/** The lines every story of this chapter begins with. */
export const notes: readonly string[] = [
  'cast: user; informers = the shared caches and their handlers; service = the service controller, two workers on queue Services; scenario = plays the configuration controller, the route controller and the labeler',
  delays,
];
