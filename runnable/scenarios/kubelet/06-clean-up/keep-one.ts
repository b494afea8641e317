/**
 * A container dies three times: of its dead instances the newest stays.
 */
import { foldedBut, image, nodeScenario, outcomeOf } from '../node-scenario.ts';
import { startUp, startUpNote } from './start-up.ts';

export const scenario = nodeScenario(
  {
    title: 'Keep the newest',
    summary:
      'Each death removes the death before it, so that one log is always there to read.',
    folded: foldedBut('cleanUp'),
    notes: [startUpNote],
    fold: startUp,
  },
  () => ({}),
  async (world) => {
    world.startKubelet();
    await world.at(1500);
    await world.createPod('web', {
      restartPolicy: 'Always',
      containers: [image('app')],
    });
    const left: string[][] = [];
    for (const moment of [5500, 11_500, 50_500]) {
      await world.at(moment);
      const running = [...world.machine.containers.values()].find(
        ({ state }) => state === 'running',
      );
      if (running !== undefined) world.machine.exit(running.id, 1);
      await world.at(moment + 3000);
      left.push(
        [...world.machine.containers.values()].map(
          ({ id, state }) => `${id} ${state}`,
        ),
      );
    }
    return { left, ...outcomeOf(world, 'web') };
  },
);
