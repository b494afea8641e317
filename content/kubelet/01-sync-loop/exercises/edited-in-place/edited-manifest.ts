/**
 * Somebody edits the manifest of a static pod that runs.
 */
import {
  foldedBut,
  nodeFold,
  nodeScenario,
  outcomeOf,
} from '../../../../../runnable/scenarios/kubelet/node-scenario.ts';
import { manifestDir } from '../../../../../runnable/scenarios/kubelet/node-world.ts';

const path = `${manifestDir}/web.yaml`;
const manifest = (image: string): string => `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  terminationGracePeriodSeconds: 2
  containers: [{name: app, image: "${image}"}]
`;

export const scenario = nodeScenario(
  {
    title: 'An edited manifest',
    summary:
      'The image in the manifest of a static pod is changed while the pod runs.',
    folded: foldedBut('loop'),
    notes: [
      'web.yaml is there from the start and is edited at 4.2 s; app ends 500 ms after it is asked to',
    ],
    keep: ['call handlePod', 'chan.send source/file', 'task.start worker'],
    fold: [
      ...nodeFold,
      'call Cache.',
      'call ContainerMachine',
      'call GenericPLEG',
      'call PodContainerDeletor',
      'call computePodActions',
      'call createPodSandbox',
      'call handlePodCleanups',
      'call handlePodSyncs',
      'call makePodDataDirs',
      'chan.send plegCh',
      'chan.send podContainerDeletor',
      'event ',
      'return CRI',
      'select.many',
      'task.',
    ],
  },
  (ports) => ({
    manifests: ports,
    script: { container: () => ({ stops: 500 }) },
  }),
  async (world) => {
    world.os.create(path, manifest('app:1'));
    world.startKubelet();
    await world.at(4200);
    world.os.create(path, manifest('app:2'));
    await world.at(9000);
    return outcomeOf(world, 'web-node-1');
  },
);
