/**
 * The beginning of the chapter's crash loop.
 */
import { scenario as crashLoop } from '../../../../../runnable/scenarios/kubelet/04-runtime/crash-loop.ts';
import type { Scenario } from '../../../../../runnable/scenarios/scenario.ts';
import { foldedBut } from '../../../../../runnable/scenarios/kubelet/node-scenario.ts';
import { RuntimeWorld } from '../../../../../runnable/scenarios/kubelet/runtime-world.ts';

export const scenario: Scenario = {
  ...crashLoop,
  title: 'A crash loop, its first five starts',
  summary: 'Each crash doubles the wait, up to 40 s in this run.',
  folded: foldedBut('runtime'),
  begin(sim) {
    const containers = [{ name: 'app', image: 'app:bad' }];
    const world = new RuntimeWorld(
      sim,
      { restartPolicy: 'Always', containers },
      { container: () => ({ runs: 500, exitCode: 1 }) },
    );
    return {
      view: world.view(),
      async main() {
        world.begin();
        const starts: number[] = [];
        const worker = sim.go('worker uid-web', async () => {
          const { start } = world;
          while (sim.now() - start < 90_000 && starts.length < 6) {
            const before = world.machine.containers.size;
            const failed = await world.lookAndSync();
            if (world.machine.containers.size > before) {
              starts.push((sim.now() - start) / 1000);
            }
            await sim.sleep(failed ? 12_000 : 1000);
          }
        });
        await worker.done;
        return { starts };
      },
    };
  },
};
