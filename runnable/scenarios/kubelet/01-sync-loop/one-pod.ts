/**
 * The whole life of one pod: two init containers, two containers, deletion.
 */
import type { PodSpec } from '../../../kubelet/api/v1.ts';
import type { Sim } from '../../../sim/sim.ts';
import type { Run, Scenario } from '../../scenario.ts';
import { NodeWorld } from '../node-world.ts';

export const scenario: Scenario = {
  title: 'One pod, from the watch to the grave',
  summary:
    'A pod with two init containers and two containers comes, runs and is deleted.',
  seed: 1,
  notes: [],
  cast: [],
  folded: [],
  begin: (sim) => begin(sim),
};

const spec: PodSpec = {
  restartPolicy: 'Always',
  terminationGracePeriodSeconds: 5,
  initContainers: [
    { name: 'init-db', image: 'init:1' },
    { name: 'init-cfg', image: 'init:1' },
  ],
  containers: [
    { name: 'app', image: 'app:1' },
    { name: 'log', image: 'log:1' },
  ],
};

function begin(sim: Sim): Run {
  const world = new NodeWorld(sim, {
    script: {
      container: ({ name }) => {
        if (name === 'init-db') return { runs: 2000 };
        if (name === 'init-cfg') return { runs: 1200 };
        return { stops: 500 };
      },
    },
  });
  return {
    async main() {
      world.startKubelet();
      await world.at(1500);
      await world.createPod('web', spec);
      const ran = await world.waitFor(async () => {
        const pod = await world.pod('web');
        const ready = pod?.status.conditions?.find(
          ({ type }) => type === 'Ready',
        );
        return pod?.status.phase === 'Running' && ready?.status === 'True';
      }, 60_000);
      const runningAt = sim.now() - world.start;
      await world.deletePod('web');
      const gone = await world.waitFor(
        async () => (await world.pod('web')) === undefined,
        60_000,
      );
      const goneAt = sim.now() - world.start;
      await sim.sleep(70_000);
      return {
        ran,
        runningAt,
        gone,
        goneAt,
        left: {
          containers: [...world.machine.containers.values()].map((c) => [
            c.id,
            c.name,
            c.state,
          ]),
          sandboxes: [...world.machine.sandboxes.keys()],
          paths: [...world.os.entries.keys()],
          workers: [...world.kubelet.podWorkers.podUpdates.keys()],
        },
        reasons: world.reasons,
      };
    },
  };
}
