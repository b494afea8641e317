/**
 * Who has a lane in this chapter, and how its stories begin.
 */
import type { Lane } from '../../scenario.ts';
import { delays, informers, user } from '../cast.ts';

export { fold, folded } from '../cast.ts';

export const cast: readonly Lane[] = [
  user,
  informers,
  {
    id: 'configuration',
    noun: 'the configuration controller',
    role: 'two workers on queue Configurations',
    tasks: ['configuration-*'],
  },
  {
    id: 'scenario',
    noun: 'the scenario',
    role: 'plays the revision controller',
    played: true,
    tasks: ['scenario'],
  },
];

/** Who is who. */
export const who =
  'cast: user; informers = the shared caches and their handlers; configuration = the configuration controller, two workers on queue Configurations; scenario = plays the revision controller';

/** The lines that most stories of this chapter begin with. */
export const notes: readonly string[] = [who, delays];
