/**
 * The image of a running container changes, in a pod that restarts nothing.
 */
import type { Scenario } from '../../../../../runnable/scenarios/scenario.ts';
import {
  RuntimeWorld,
  runtimeCast,
} from '../../../../../runnable/scenarios/kubelet/runtime-world.ts';

const image = (name: string, version = 1) => ({
  name,
  image: `${name}:${version}`,
});

export const scenario: Scenario = {
  title: 'Another image',
  summary:
    'A pod with restart policy Never runs two containers; the image of one is changed.',
  seed: 1,
  notes: [
    'pod web: restartPolicy Never; containers app, log',
    'at 3.5 s the image of app is changed from app:1 to app:2',
  ],
  cast: [
    {
      id: 'user',
      noun: 'the user',
      role: 'changes the image',
      played: true,
      tasks: ['user'],
    },
    ...runtimeCast,
  ],
  folded: [],
  fold: [
    'log ',
    'chan.recv plegCh',
    'call Cache.updateTime',
    'call ContainerMachine',
    'call doBackOff',
  ],
  begin(sim) {
    const world = new RuntimeWorld(
      sim,
      { restartPolicy: 'Never', containers: [image('app'), image('log')] },
      {},
    );
    return {
      view: world.view(),
      async main() {
        sim.go('user', async () => {
          await sim.sleep(3500);
          const containers = [image('app', 2), image('log')];
          world.pod = { ...world.pod, spec: { ...world.pod.spec, containers } };
          const event = { id: 'uid-web', type: 'PodSync', data: '' } as const;
          world.pleg.watch().trySend(event);
        });
        await world.run(100, 6500);
        return {
          containers: [...world.machine.containers.values()].map(
            ({ image: of, state }) => `${of} ${state}`,
          ),
        };
      },
    };
  },
};
