/**
 * A pod is deleted with ten seconds of grace; one of its containers obeys, the
 * other one does not.
 */
import {
  foldedBut,
  image,
  isReady,
  nodeScenario,
  outcomeOf,
} from '../node-scenario.ts';
import { startUp, startUpNote } from './start-up.ts';

export const scenario = nodeScenario(
  {
    title: 'A deletion, and a container that ignores it',
    summary:
      'One container ends at SIGTERM, the other is killed after ten seconds; then step by step everything goes.',
    folded: foldedBut('cleanUp'),
    notes: ['app ends 300 ms after SIGTERM; stubborn ignores it', startUpNote],
    keep: ['chan.send configCh #5', 'chan.send configCh #8'],
    fold: [
      ...startUp,
      'store.patch Pod default/web #3',
      'store.patch Pod default/web #5',
      'chan.send plegCh #6',
      'call ContainerMachine',
    ],
  },
  () => ({
    script: {
      container: ({ name }) =>
        name === 'stubborn' ? { stops: 'never' } : { stops: 300 },
    },
  }),
  async (world) => {
    world.startKubelet();
    await world.at(1500);
    await world.createPod('web', {
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 10,
      containers: [image('app'), image('stubborn')],
    });
    await world.waitFor(() => isReady(world, 'web'), 30_000);
    await world.deletePod('web');
    const gone = (): boolean => world.pod('web') === undefined;
    await world.waitFor(gone, 120_000);
    const goneAfter = (world.sim.now() - world.start) / 1000;
    await world.at(62_000);
    return {
      goneAfter,
      ...outcomeOf(world, 'web'),
      sandboxes: [...world.machine.sandboxes.keys()],
      paths: [...world.os.entries.keys()].filter((path) =>
        path.includes('uid-pod'),
      ),
    };
  },
);
