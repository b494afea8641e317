/**
 * What can happen to a mirror: the API refuses it at first, a user deletes it,
 * its pod's manifest is edited, and at last the node itself is on its way out.
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
  terminationGracePeriodSeconds: 1
  containers: [{name: app, image: "${image}"}]
`;

export const scenario = nodeScenario(
  {
    title: 'Four times a picture',
    summary:
      'The mirror of a static pod is refused once, deleted, outdated, and at last not wanted any more.',
    folded: foldedBut('pods'),
    notes: [
      'the API refuses the first pod that is created; the mirror is deleted at 3.2 s and at 7.2 s',
      'web.yaml is edited at 5.2 s; from 7.1 s on the node is to be deleted',
    ],
    keep: ['call syncMirrorPod', 'log sync-pod'],
    fold: [
      ...nodeFold,
      'call CRI.',
      'call Cache',
      'call ContainerMachine',
      'call GenericPLEG',
      'call PodContainerDeletor',
      'call PodWorkers',
      // The node is on its way out by then, and the sentences do not know it.
      'call syncMirrorPod #9',
      'call syncMirrorPod #10',
      'call computePodActions',
      'call createPodSandbox',
      'call makePodDataDirs',
      'chan.send configCh',
      'chan.send plegCh',
      'chan.send podContainerDeletor',
      'event ',
      'return CRI',
      'select.many',
      'store.patch',
      'task.',
    ],
  },
  (ports) => ({ manifests: ports }),
  async (world) => {
    const name = 'web-node-1';
    const remove = async (): Promise<void> => {
      if (world.pod(name) !== undefined) await world.deletePod(name, 0);
    };
    world.store.fail('create', 'pods', new Error('etcd is full'), 1);
    world.os.create(path, manifest('app:1'));
    world.startKubelet();
    await world.at(3200);
    await remove();
    await world.at(5200);
    world.os.create(path, manifest('app:2'));
    await world.at(7100);
    Object.assign(world.kubelet.node, {
      deletionTimestamp: '2019-04-05T00:00:07Z',
    });
    await world.at(7200);
    await remove();
    await world.at(9500);
    return outcomeOf(world, name);
  },
);
