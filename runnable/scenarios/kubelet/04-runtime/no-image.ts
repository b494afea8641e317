/**
 * One image cannot be pulled: its container waits, its sibling runs.
 */
import {
  foldedBut,
  image,
  nodeFold,
  nodeScenario,
  outcomeOf,
} from '../node-scenario.ts';

export const scenario = nodeScenario(
  {
    title: 'An image that cannot be pulled',
    summary:
      'One of two containers has no image; its sibling starts all the same.',
    folded: foldedBut('runtime'),
    notes: ['a pull of missing:1 fails after 700 ms'],
    fold: [
      ...nodeFold,
      'call Cache',
      'call GenericPLEG',
      'call makePodDataDirs',
      'chan.send configCh',
      'task.',
    ],
  },
  () => ({
    script: {
      images: {
        'missing:1': { pullTakes: 700, error: 'manifest unknown' },
      },
    },
  }),
  async (world) => {
    world.startKubelet();
    await world.at(1500);
    await world.createPod('web', {
      restartPolicy: 'Always',
      containers: [image('missing'), image('app')],
    });
    await world.at(40_000);
    return outcomeOf(world, 'web');
  },
);
