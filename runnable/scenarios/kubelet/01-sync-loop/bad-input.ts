/**
 * Pods that cannot be: a static file that does not parse, one with a container
 * name twice, and a second pod that wants a port that is taken.
 */
import {
  foldedBut,
  nodeFold,
  nodeScenario,
  outcomeOf,
} from '../node-scenario.ts';
import { manifestDir } from '../node-world.ts';

const manifest = (name: string, containers: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec:\n  containers: ${containers}\n`;

export const scenario = nodeScenario(
  {
    title: 'Bad input',
    summary:
      'Two manifests are refused and the third one runs; of two pods with one port, the second one fails.',
    folded: foldedBut('loop'),
    keep: ['log file', 'chan.send source/file', 'call handlePodAdditions'],
    fold: [
      ...nodeFold,
      'call PodContainerDeletor',
      'task.',
      'call ContainerMachine',
      'call CRI.',
      'call Cache.',
      'call GenericPLEG',
      'call computePodActions',
      'call createPodSandbox',
      'call makePodDataDirs',
      'event Created',
      'event Pulled',
      'event Started',
      'chan.send plegCh',
      'return CRI',
    ],
  },
  (ports) => ({ manifests: ports }),
  async (world) => {
    const one = '[{name: app, image: "app:1"}]';
    const twice = '[{name: app, image: "a:1"}, {name: app, image: "b:1"}]';
    world.os.create(`${manifestDir}/broken.yaml`, 'kind: Pod: Pod');
    world.os.create(`${manifestDir}/twice.yaml`, manifest('twice', twice));
    world.os.create(`${manifestDir}/good.yaml`, manifest('good', one));
    world.startKubelet();
    const ports = [{ containerPort: 80, hostPort: 80 }];
    const containers = [{ name: 'app', image: 'app:1', ports }];
    await world.at(1500);
    await world.createPod('first', { restartPolicy: 'Always', containers });
    await world.at(3500);
    await world.createPod('second', { restartPolicy: 'Always', containers });
    await world.at(12_000);
    return {
      static: outcomeOf(world, 'good-node-1'),
      first: outcomeOf(world, 'first'),
      second: outcomeOf(world, 'second'),
    };
  },
);
