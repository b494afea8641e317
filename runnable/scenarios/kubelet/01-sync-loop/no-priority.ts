/**
 * Several channels are ready at once, and chance decides which is read.
 */
import { image, nodeScenario, outcomeOf } from '../node-scenario.ts';

export const scenario = nodeScenario(
  {
    title: 'No channel comes first',
    summary:
      'Three pods change in the same second in which the tickers tick; the select picks by chance.',
    keep: ['select.many'],
  },
  () => ({}),
  async (world) => {
    world.startKubelet();
    await world.at(1995);
    const names = ['a', 'b', 'c'];
    const containers = [image('app')];
    for (const name of names) {
      await world.createPod(name, { restartPolicy: 'Always', containers });
    }
    await world.at(8000);
    const pods: Record<string, unknown> = {};
    for (const name of names) pods[name] = await outcomeOf(world, name);
    return pods;
  },
);
