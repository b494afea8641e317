/**
 * A container that crashes at once: restarts after 0, 10, 20, 40 … 300 s, until
 * another image makes another key.
 */
import type { Scenario } from '../../scenario.ts';
import { foldedBut } from '../node-scenario.ts';
import { RuntimeWorld, runtimeCast } from '../runtime-world.ts';

/** When the image is put right. */
const fixedAt = 700_000;

export const scenario: Scenario = {
  title: 'A crash loop, and what ends it',
  summary:
    'Each crash doubles the wait; at 700 s the image is fixed and the wait is forgotten.',
  seed: 1,
  notes: [
    'app:bad ends with code 1 after half a second',
    'the worker is played: it looks a second after a start, and 12 s after a failure, as a real one would after 10 to 15',
  ],
  cast: runtimeCast,
  folded: foldedBut(),
  keep: ['call CRI.startContainer'],
  fold: [
    'call CRI.createContainer',
    'call CRI.runPodSandbox',
    'call Cache',
    'call ContainerMachine',
    'call GenericPLEG',
    'call KubeGenericRuntimeManager',
    'call createPodSandbox',
    'call killPodWithSyncResult',
    'call podSandboxChanged',
    'call startContainer',
    'chan.',
    'clock.',
    'event ',
    'log ',
    'return ',
    'select.',
    'task.',
  ],
  begin(sim) {
    const containers = [{ name: 'app', image: 'app:bad' }];
    const spec = { restartPolicy: 'Always' as const, containers };
    const world = new RuntimeWorld(sim, spec, {
      container: ({ image }) =>
        image === 'app:bad' ? { runs: 500, exitCode: 1 } : {},
    });
    return {
      view: world.view(),
      async main() {
        world.begin();
        const starts: number[] = [];
        const worker = sim.go('worker uid-web', async () => {
          while (sim.now() - world.start < fixedAt + 13_000) {
            if (sim.now() - world.start >= fixedAt) {
              const fixed = [{ name: 'app', image: 'app:good' }];
              world.pod = {
                ...world.pod,
                spec: { ...world.pod.spec, containers: fixed },
              };
            }
            const before = world.machine.containers.size;
            const failed = await world.lookAndSync();
            if (world.machine.containers.size > before) {
              starts.push((sim.now() - world.start) / 1000);
            }
            await sim.sleep(failed ? 12_000 : 1000);
          }
        });
        await worker.done;
        return { starts, containers: world.containers };
      },
    };
  },
};
