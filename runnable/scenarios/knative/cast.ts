/**
 * What the casts of these chapters have in common.
 */
import type { Lane } from '../scenario.ts';

export const user: Lane = { id: 'user', noun: 'the user', tasks: ['user'] };

export const informers: Lane = {
  id: 'informers',
  noun: 'the informers',
  role: 'the shared caches and their handlers',
  tasks: ['informer *'],
};

/** Code that the chapter about the control loop opens. */
export const folded: readonly string[] = [
  'client-go',
  'knative/apis/equality',
  'knative/logging',
];

/** Tasks begin and end behind the scenes; what counts is the queue. */
export const fold: readonly string[] = ['task.', 'log '];

/** How long things take when a scenario arranges nothing else. */
export const delays =
  'an API answer takes 2 ms, a cache is updated after 1 ms; the clock starts at 2019-04-05T00:00:00Z';
