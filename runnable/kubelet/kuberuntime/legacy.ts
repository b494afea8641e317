/**
 * Links to the logs of containers, for log collectors of former days.
 */
import type { FileSystem } from '../container/os.ts';

export const legacyContainerLogsDir = '/var/log/containers';

/**
 * `/var/log/containers/<pod>_<namespace>_<container>-<id>.log`.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/legacy.go legacyLogSymlink
 */
export function legacyLogSymlink(names: {
  readonly containerID: string;
  readonly containerName: string;
  readonly podName: string;
  readonly podNamespace: string;
}): string {
  const { containerID, containerName, podName, podNamespace } = names;
  const pod = `${podName}_${podNamespace}`;
  return `${legacyContainerLogsDir}/${pod}_${containerName}-${containerID}.log`;
}

/** Links whose log is gone. */
export function danglingSymlinks(os: FileSystem): string[] {
  return os
    .readDir(legacyContainerLogsDir)
    .map((name) => `${legacyContainerLogsDir}/${name}`)
    .filter((path) => {
      const target = os.stat(path)?.target;
      return target !== undefined && os.stat(target) === undefined;
    });
}
