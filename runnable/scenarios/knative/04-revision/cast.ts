/**
 * Who has a lane in this chapter, and how its stories begin.
 */
import type { Lane } from '../../scenario.ts';
import { delays, fold as usual, informers, user } from '../cast.ts';

export { folded } from '../cast.ts';

export const cast: readonly Lane[] = [
  user,
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
    id: 'scenario',
    noun: 'the scenario',
    role: 'plays the configuration controller and the autoscaler',
    played: true,
    tasks: ['scenario'],
  },
];

/** Who is who. */
export const who =
  'cast: user; informers = the shared caches and their handlers; revision = the revision controller, two workers on queue Revisions; cluster = stands in for Kubernetes’ own controllers and one node; scenario = plays the configuration controller and the autoscaler';

/** The lines that most stories of this chapter begin with. */
export const notes: readonly string[] = [who, delays];

/** What the cluster does among itself is not what this chapter is about. */
export const fold: readonly string[] = [
  ...usual,
  'watch.deliver',
  'clock.sleep node',
  'store.update Pod',
  'store.updateStatus Deployment',
  ...['deployment', 'endpoints'].flatMap((name) =>
    ['add', 'addAfter', 'get', 'done'].map(
      (event) => `queue.${event} ${name}-controller`,
    ),
  ),
];

/** What makes the controller look again; the kind of object follows. */
export const waker = 'queue.add Revisions default/helloworld-go-00001 from';
