/**
 * A container that crashes at once: restarts after 0, 10, 20, 40 … 300 s, until
 * another image makes another key.
 */
import { nodeScenario, outcomeOf } from '../node-scenario.ts';

export const scenario = nodeScenario(
  {
    title: 'A crash loop, and what ends it',
    summary:
      'Each crash doubles the wait; at 700 s the image is fixed and the wait is forgotten.',
    fold: [
      'call Cache',
      'call Generic',
      'call compute',
      'call cleanUp',
      'call Kube',
      'call CRI.stop',
      'call kill',
      'call makePod',
      'clock.',
      'chan.',
      'log ',
      'select.',
      'call PodWorkers',
      'return ',
      'throw ',
      'store.patch',
      'call syncPod',
    ],
  },
  () => ({
    script: {
      container: ({ image }) =>
        image === 'app:bad' ? { runs: 500, exitCode: 1 } : {},
    },
  }),
  async (world) => {
    world.startKubelet();
    await world.at(1500);
    const made = await world.createPod('web', {
      restartPolicy: 'Always',
      containers: [{ name: 'app', image: 'app:bad' }],
    });
    const starts: number[] = [];
    const run = world.machine.run.bind(world.machine);
    world.machine.run = (container) => {
      starts.push(Math.round((world.sim.now() - world.start) / 100) / 10);
      run(container);
    };
    await world.at(700_000);
    const { namespace, name } = made.metadata;
    const containers = [{ name: 'app', image: 'app:good' }];
    const body = { spec: { containers } };
    await world.pods.patch(namespace, name, { type: 'strategic', body });
    await world.at(730_000);
    return { starts, ...(await outcomeOf(world, 'web')) };
  },
);
