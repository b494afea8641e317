/**
 * Every word that a source can be said to speak: a pod of the API comes, gets
 * another label, reports and is deleted; a static pod loses its file.
 */
import {
  foldedBut,
  image,
  nodeFold,
  nodeScenario,
  outcomeOf,
} from '../../../../../runnable/scenarios/kubelet/node-scenario.ts';
import { manifestDir } from '../../../../../runnable/scenarios/kubelet/node-world.ts';

const path = `${manifestDir}/log.yaml`;
const manifest = `apiVersion: v1
kind: Pod
metadata: {name: log}
spec:
  terminationGracePeriodSeconds: 1
  containers: [{name: log, image: "log:1"}]
`;

export const scenario = nodeScenario(
  {
    title: 'Every word',
    summary:
      'A pod of the API is created, labelled and deleted, and a static pod loses its file; watch what each word brings about.',
    folded: foldedBut('loop'),
    notes: [
      'web is created at 1.5 s, gets a label at 3.2 s and is deleted at 4.2 s; log.yaml is removed at 6.5 s',
    ],
    keep: ['call handlePod', 'task.start worker'],
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
      'call syncMirrorPod',
      'chan.send plegCh',
      'chan.send podContainerDeletor',
      'event ',
      'return CRI',
      'select.many',
      'task.',
    ],
  },
  (ports) => ({ manifests: ports }),
  async (world) => {
    world.os.create(path, manifest);
    world.startKubelet();
    await world.at(1500);
    await world.createPod('web', {
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 1,
      containers: [image('app')],
    });
    await world.at(3200);
    const web = world.pod('web');
    if (web === undefined) throw new Error('Nobody took web away');
    await world.pods.update({
      ...web,
      metadata: { ...web.metadata, labels: { version: 'v2' } },
    });
    await world.at(4200);
    await world.deletePod('web');
    await world.at(6500);
    world.os.remove(path);
    await world.at(9000);
    return {
      web: outcomeOf(world, 'web'),
      log: outcomeOf(world, 'log-node-1'),
    };
  },
);
