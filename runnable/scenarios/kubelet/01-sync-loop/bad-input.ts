/**
 * Pods that cannot be: manifests that do not parse or contradict themselves,
 * a name that comes twice, a port that is taken, a grace period below zero.
 */
import type { Pod } from '../../../kubelet/api/v1.ts';
import {
  foldedBut,
  nodeFold,
  nodeScenario,
  outcomeOf,
} from '../node-scenario.ts';
import { manifestDir } from '../node-world.ts';

const manifest = (name: string, spec: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: {${spec}}\n`;

const app = '{name: app, image: "app:1"}';
const stubborn = '{name: stubborn, image: "stubborn:1"}';
const mount = '{name: app, image: "app:1", volumeMounts: [{name: data}]}';

/** What is in the directory of manifests. */
const manifests = {
  'broken.yaml': 'kind: Pod: Pod',
  'good.yaml': manifest('good', `containers: [${app}]`),
  'good2.yaml': manifest('good', `containers: [${app}]`),
  'hasty.yaml': manifest(
    'hasty',
    `terminationGracePeriodSeconds: -5, containers: [${stubborn}]`,
  ),
  'policy.yaml': manifest(
    'policy',
    `restartPolicy: Sometimes, containers: [${app}]`,
  ),
  'twice.yaml': manifest('twice', `containers: [${app}, ${app}]`),
  'volume.yaml': manifest('volume', `containers: [${mount}]`),
};

export const scenario = nodeScenario(
  {
    title: 'Bad input',
    summary:
      'Four manifests are refused, a fifth has a name that is taken; of two pods with one port, the second one fails.',
    notes: [
      'the pod in hasty.yaml has a grace period of -5 s and ignores SIGTERM; its file is removed at 6 s',
      'a Pod given with --input lies in the directory of manifests too, as yours.yaml',
    ],
    accepts: 'v1 Pod',
    folded: foldedBut('loop'),
    keep: ['log file', 'log pod-storage', 'chan.send source/file'],
    fold: [
      ...nodeFold,
      'call PodContainerDeletor',
      'task.',
      'call ContainerMachine',
      'call CRI.createContainer',
      'call CRI.r',
      'call CRI.startContainer',
      'call CRI.stopPodSandbox',
      'call Cache.',
      'call GenericPLEG',
      'call PodWorkers',
      'call computePodActions',
      'call createPodSandbox',
      'call makePodDataDirs',
      'call sync-pod/syncPod',
      'call syncMirrorPod',
      'chan.send configCh',
      'event Created',
      'event Pulled',
      'event Started',
      'chan.send plegCh',
      'return CRI',
      'chan.send source/file #',
      'event FailedValidation Pod default/good-node-1 #',
      'log pod-storage #',
      'event Killing',
      'log file #6',
      'log file #7',
      'log file #8',
      'select.many',
      'state Container c1',
      'state Container c2 running',
      'state Container c3',
      'store.create Pod default/good-node-1',
      'store.create Pod default/hasty-node-1',
      'store.delete',
      'store.patch Pod default/first',
      'store.patch Pod default/good-node-1',
      'store.patch Pod default/hasty-node-1',
    ],
  },
  (ports) => ({
    manifests: ports,
    script: {
      container: ({ name }) => (name === 'stubborn' ? { stops: 'never' } : {}),
    },
  }),
  async (world, _sim, input) => {
    for (const [name, text] of Object.entries(manifests)) {
      world.os.create(`${manifestDir}/${name}`, text);
    }
    const yours = input as Pod | undefined;
    if (yours !== undefined) {
      world.os.create(`${manifestDir}/yours.yaml`, JSON.stringify(yours));
    }
    world.startKubelet();
    const ports = [{ containerPort: 80, hostPort: 80 }];
    const containers = [{ name: 'app', image: 'app:1', ports }];
    await world.at(1500);
    await world.createPod('first', { restartPolicy: 'Always', containers });
    await world.at(3500);
    await world.createPod('second', { restartPolicy: 'Always', containers });
    await world.at(6000);
    world.os.remove(`${manifestDir}/hasty.yaml`);
    await world.at(12_000);
    return {
      static: outcomeOf(world, 'good-node-1'),
      first: outcomeOf(world, 'first'),
      second: outcomeOf(world, 'second'),
      ...(yours === undefined
        ? {}
        : { yours: outcomeOf(world, `${yours.metadata.name}-node-1`) }),
    };
  },
);
