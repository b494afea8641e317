/**
 * Two pods are deleted at once, without any grace: one kill fails the first
 * time, and the other one takes long.
 */
import {
  foldedBut,
  image,
  nodeScenario,
} from '../../../../../runnable/scenarios/kubelet/node-scenario.ts';
import {
  startUp,
  startUpNote,
} from '../../../../../runnable/scenarios/kubelet/06-clean-up/start-up.ts';

export const scenario = nodeScenario(
  {
    title: 'Two orphans',
    summary:
      'Two pods are gone from the API and still run; one of them cannot be stopped at first, the other one is slow.',
    folded: foldedBut('cleanUp'),
    notes: [
      'the pods web and slow are deleted at 4.1 s with a grace period of 0',
      'until 5 s the runtime can stop nothing of web; the container of slow does not obey, and is killed after 2 s',
      startUpNote,
    ],
    fold: [...startUp, 'store.patch Pod'],
    keep: ['chan.send podKillingCh', 'task.start killer', 'task.end killer'],
  },
  () => ({
    script: {
      container: ({ name }) => (name === 'slow' ? { stops: 'never' } : {}),
    },
  }),
  async (world) => {
    world.startKubelet();
    await world.at(1500);
    for (const name of ['slow', 'web']) {
      await world.createPod(name, {
        restartPolicy: 'Always',
        containers: [image(name)],
      });
    }
    await world.at(4000);
    const { containers, sandboxes, script } = world.machine;
    const isOfWeb = (id: string): boolean =>
      containers.get(id)?.name === 'web' ||
      sandboxes.get(id)?.metadata.name === 'web';
    world.machine.script = {
      ...script,
      fault: (call, subject) =>
        call.startsWith('stop') && isOfWeb(subject)
          ? 'operation timeout'
          : undefined,
    };
    await world.at(4100);
    await world.deletePod('slow', 0);
    await world.deletePod('web', 0);
    await world.at(5000);
    world.machine.script = script;
    await world.at(8500);
    return {
      runs: [...containers.values()]
        .filter(({ state }) => state === 'running')
        .map(({ name }) => name),
    };
  },
);
