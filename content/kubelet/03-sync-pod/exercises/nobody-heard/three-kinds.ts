/**
 * No network yet, and three pods: one that needs the pods' network, one that
 * does not, and one that may not run here at all.
 */
import {
  foldedBut,
  image,
  nodeFold,
  nodeScenario,
  outcomeOf,
} from '../../../../../runnable/scenarios/kubelet/node-scenario.ts';

export const scenario = nodeScenario(
  {
    title: 'Three kinds of pods',
    summary:
      'Before the network is ready come three pods; one starts, one waits, one is refused.',
    folded: foldedBut('pods'),
    notes: [
      'the network plugin is not ready',
      'this kubelet allows no pod to see the processes of the node, and spy asks for that',
    ],
    keep: ['chan.send podStatusChannel', 'task.start worker'],
    fold: [
      ...nodeFold,
      'call Cache',
      'call GenericPLEG',
      'call computePodActions',
      'call createPodSandbox',
      'call makePodDataDirs',
      'chan.send configCh',
      'event ',
      'log ',
      'select.many',
      'task.',
    ],
  },
  () => ({}),
  async (world) => {
    const { kubelet } = world;
    world.machine.networkReady = false;
    kubelet.capabilities = { ...kubelet.capabilities, hostPIDSources: [] };
    world.startKubelet();
    const containers = [image('app')];
    const spec = { restartPolicy: 'Always', containers } as const;
    await world.at(1500);
    await world.createPod('web', spec);
    await world.createPod('host', { ...spec, hostNetwork: true });
    await world.createPod('spy', {
      ...spec,
      hostNetwork: true,
      hostPID: true,
    });
    await world.at(4500);
    return {
      web: outcomeOf(world, 'web'),
      host: outcomeOf(world, 'host'),
      spy: outcomeOf(world, 'spy'),
    };
  },
);
