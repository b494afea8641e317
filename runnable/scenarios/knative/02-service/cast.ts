/**
 * Who has a lane in this chapter, and which code stays folded.
 */
import type { Lane } from '../../scenario.ts';

export const cast: readonly Lane[] = [
  { id: 'user', noun: 'the user', tasks: ['user'] },
  {
    id: 'informers',
    noun: 'the informers',
    role: 'the shared caches and their handlers',
    tasks: ['informer *'],
  },
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

/** Code that other chapters open. */
export const folded: readonly string[] = [
  'client-go',
  'knative/apis/equality',
  'knative/logging',
];

/** The lines every story of this chapter begins with. */
export const notes: readonly string[] = [
  'cast: user; informers = the shared caches and their handlers; service = the service controller, two workers on queue Services; scenario = plays the configuration controller, the route controller and the labeler',
  'an API answer takes 2 ms, a cache is updated after 1 ms; the clock starts at 2019-04-05T00:00:00Z',
];

/** Tasks begin and end behind the scenes; what counts is the queue. */
export const fold: readonly string[] = ['task.', 'log '];
