/**
 * A pod with two init containers and two containers, from nothing to running:
 * what each sync decides, and what the runtime is asked to do.
 */
import type { Scenario } from '../../scenario.ts';
import { RuntimeWorld, runtimeCast } from '../runtime-world.ts';

const image = (name: string) => ({ name, image: `${name}:1` });

export const scenario: Scenario = {
  title: 'Two init containers, two containers',
  summary:
    'A new pod is started step by step; watch how little each sync dares to do.',
  seed: 1,
  notes: [
    'the container runtime takes 300 ms for a sandbox and 100 ms for a start',
    'pod web: restartPolicy Always; init containers init-db, init-cfg; containers app, log; every image tagged and present',
  ],
  cast: runtimeCast,
  folded: [],
  fold: [
    'log ',
    'chan.recv plegCh',
    'call Cache.updateTime',
    'call ContainerMachine',
    'call doBackOff',
  ],
  begin(sim) {
    const spec = {
      restartPolicy: 'Always' as const,
      initContainers: [image('init-db'), image('init-cfg')],
      containers: [image('app'), image('log')],
    };
    const world = new RuntimeWorld(sim, spec, {
      container: ({ name }) => {
        if (name === 'init-db') return { runs: 2000 };
        return name === 'init-cfg' ? { runs: 1200 } : {};
      },
    });
    return {
      view: world.view(),
      async main() {
        await world.run(100, 6500);
        return { containers: world.containers, syncs: world.syncs.length };
      },
    };
  },
};
