/**
 * Who has a lane in this chapter, and how its stories begin.
 */
import type { Lane } from '../../scenario.ts';
import { delays, informers, user } from '../cast.ts';

export { fold } from '../cast.ts';

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
    id: 'configuration',
    noun: 'the configuration controller',
    role: 'two workers on queue Configurations',
    tasks: ['configuration-*'],
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
    role: 'plays the revision and route controllers',
    played: true,
    tasks: ['scenario'],
  },
];

/** What the other chapters of this part leave folded is open here. */
export const folded: readonly string[] = ['knative/apis', 'knative/logging'];

/** Who is who. */
export const who =
  'cast: user; informers = the shared caches and their handlers; service, configuration, labeler = three controllers of one process, two workers each; scenario = plays the revision controller and the route controller';

/** The lines that most stories of this chapter begin with. */
export const notes: readonly string[] = [who, delays];

/** Decisions that the chapters about the single controllers tell. */
export const decisions: readonly string[] = [
  'call ServiceStatus.',
  'call isTrafficMigrated',
  'call ignoreRouteLabelChange',
  'call judge',
];
