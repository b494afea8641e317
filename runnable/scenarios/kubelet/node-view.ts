/**
 * A node as the diagrams show it: sandboxes, containers and directories.
 */
import type { FileSystem } from '../../kubelet/container/os.ts';
import type { ContainerMachine } from '../../kubelet/cri/machine.ts';
import type { Thing, View } from '../scenario.ts';

/** What the runtime does, and not only says: calls that have its lane. */
export const runtimeSymbols: readonly string[] = [
  'CRI.runPodSandbox',
  'CRI.#setUp',
  'CRI.stopPodSandbox',
  'CRI.removePodSandbox',
  'CRI.createContainer',
  'CRI.startContainer',
  'CRI.stopContainer',
  'CRI.removeContainer',
  'CRI.pullImage',
  'ContainerMachine.exit',
  'ContainerMachine.run',
  'ContainerMachine.killSandbox',
];

/** What every scenario with a container runtime shows. */
export function nodeView(machine: ContainerMachine, os: FileSystem): View {
  return {
    machines: [
      {
        name: 'Container',
        states: ['created', 'running', 'exited', 'unknown'],
        initial: 'created',
        readEach: () =>
          new Map(
            [...machine.containers.values()].map(({ id, state }) => [
              id,
              state,
            ]),
          ),
      },
    ],
    things: () => [...sandboxes(machine), ...containers(machine), ...paths(os)],
  };
}

function sandboxes(machine: ContainerMachine): Thing[] {
  return [...machine.sandboxes.values()].map(({ id, metadata, state, ip }) => ({
    kind: 'Sandbox',
    name: id,
    fields: { pod: metadata.name, attempt: metadata.attempt, state, ip },
  }));
}

function containers(machine: ContainerMachine): Thing[] {
  return [...machine.containers.values()].map(
    ({ id, name, podSandboxID, state, exitCode, attempt }) => ({
      kind: 'Container',
      name: id,
      owner: `Sandbox/${podSandboxID}`,
      fields: {
        container: name,
        state,
        restartCount: attempt,
        ...(state === 'exited' ? { exitCode } : {}),
      },
    }),
  );
}

/** Directories of pods and what is mounted in them; files stay out. */
function paths(os: FileSystem): Thing[] {
  return [...os.entries]
    .filter(
      ([path, { kind }]) =>
        kind !== 'file' &&
        (/^\/var\/lib\/kubelet\/pods\//.test(path) ||
          /^\/var\/log\/pods\/[^/]+$/.test(path)),
    )
    .map(([path, { kind, mode = '' }]) => ({
      kind: 'Path',
      name: path,
      fields: { kind, mode },
    }));
}
