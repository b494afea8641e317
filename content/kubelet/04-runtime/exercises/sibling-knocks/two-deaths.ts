/**
 * A container waits to be restarted; while it does, its sibling dies.
 */
import type { Scenario } from '../../../../../runnable/scenarios/scenario.ts';
import { foldedBut } from '../../../../../runnable/scenarios/kubelet/node-scenario.ts';
import {
  RuntimeWorld,
  runtimeCast,
} from '../../../../../runnable/scenarios/kubelet/runtime-world.ts';

export const scenario: Scenario = {
  title: 'Two deaths',
  summary:
    'app has crashed twice and has to wait; its sibling dies for the first time.',
  seed: 1,
  notes: [
    'app ends with code 1 after half a second, each time; log is killed at 12.8 s',
    'the worker is played: it looks at each event, and 12 s after a failure',
  ],
  cast: runtimeCast,
  folded: foldedBut(),
  keep: ['call CRI.createContainer'],
  fold: [
    'call CRI.runPodSandbox',
    'call CRI.startContainer',
    'call Cache',
    'call ContainerMachine',
    'call GenericPLEG',
    'call KubeGenericRuntimeManager',
    'call computePodActions',
    'call createPodSandbox',
    'call doBackOff',
    'call killPodWithSyncResult',
    'call podSandboxChanged',
    'call startContainer',
    'chan.recv',
    'clock.',
    'event Created',
    'event Pulled',
    'event Started',
    'log ',
    'return ',
    'select.',
    'task.',
  ],
  begin(sim) {
    const world = new RuntimeWorld(
      sim,
      {
        restartPolicy: 'Always',
        containers: [
          { name: 'app', image: 'app:bad' },
          { name: 'log', image: 'log:1' },
        ],
      },
      {
        container: ({ name }) =>
          name === 'app' ? { runs: 500, exitCode: 1 } : {},
      },
    );
    return {
      view: world.view(),
      async main() {
        sim.go('user', async () => {
          await sim.sleep(12_800);
          world.machine.exit('c2', 137);
        });
        await world.run(100, 16_000);
        return { containers: world.containers };
      },
    };
  },
};
