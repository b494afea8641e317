/**
 * A static pod runs without the API and is shown in it by a mirror pod; whoever
 * deletes the mirror gets another one.
 */
import {
  foldedBut,
  nodeFold,
  nodeScenario,
  outcomeOf,
} from '../node-scenario.ts';
import { manifestDir } from '../node-world.ts';

const path = `${manifestDir}/web.yaml`;
const manifest = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  terminationGracePeriodSeconds: 2
  containers: [{name: app, image: "app:1"}]
`;

export const scenario = nodeScenario(
  {
    title: 'A static pod and its mirror',
    summary:
      'The mirror pod is deleted and comes back; the file is removed and both go.',
    folded: foldedBut('pods'),
    notes: [
      'the manifest is there from the start; the mirror is deleted at 5 s, the file at 12.5 s',
    ],
    fold: [
      ...nodeFold,
      'call Cache',
      'call ContainerMachine',
      'call GenericPLEG',
      'call PodContainerDeletor',
      'call createPodSandbox',
      'call makePodDataDirs',
      'event ',
      'select.many',
      'task.',
    ],
  },
  (ports) => ({ manifests: ports }),
  async (world) => {
    world.os.create(path, manifest);
    world.startKubelet();
    const mirrored = (): boolean => world.pod('web-node-1') !== undefined;
    await world.waitFor(mirrored, 20_000);
    await world.at(5000);
    const first = world.pod('web-node-1')?.metadata.uid;
    await world.deletePod('web-node-1', 0);
    await world.at(12_500);
    const second = world.pod('web-node-1')?.metadata.uid;
    world.os.remove(path);
    await world.at(24_000);
    return { first, second, after: outcomeOf(world, 'web-node-1') };
  },
);
