/**
 * Static pods: manifests in a directory of the node, or in one file, run
 * without an API.
 */
import { Channel } from '../../sim/channel.ts';
import type { Milliseconds } from '../../sim/clock.ts';
import { after, receive, select } from '../../sim/select.ts';
import type { Sim } from '../../sim/sim.ts';
import type { Pod } from '../api/v1.ts';
import type { FileSystem } from '../container/os.ts';
import { errorf } from '../klog.ts';
import { fileSource } from '../types/pod-update.ts';
import type { PodUpdate } from '../types/pod-update.ts';
import { asError } from '../util/errors.ts';
import { applyDefaults, decodeSinglePod, UnparsableError } from './common.ts';
import type { ManifestPorts } from './common.ts';

/** How often the directory is listed, changes or not. */
const fileCheckFrequency: Milliseconds = 20_000;

export interface SourceFile {
  readonly sim: Sim;
  readonly ports: ManifestPorts;
  readonly os: FileSystem;
  readonly path: string;
  readonly nodeName: string;
  readonly updates: Channel<PodUpdate>;
}

/**
 * Lists the directory at once, every 20 s and whenever a file changes; each
 * time it sends all pods.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/config/file.go NewSourceFile
 */
export function newSourceFile(source: SourceFile): void {
  const { sim, os, path } = source;
  const watchEvents = new Channel<string>(sim, 'inotify', 10);
  os.watch(path, watchEvents);
  sim.go('source file', async () => {
    for (;;) {
      try {
        await listConfig(source);
      } catch (thrown) {
        errorf(
          `Unable to read config path "${path}": ${asError(thrown).message}`,
        );
      }
      await select(sim, 'sourceFile.run', {
        listTicker: after(sim, fileCheckFrequency),
        watchEvents: receive(sim, watchEvents),
      });
    }
  });
}

/**
 * Sends what the path holds; a missing file or an empty directory holds no
 * pods. A single file that is bad sends nothing, and what it held stays.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/config/file.go sourceFile.listConfig
 * @story on chan.send: After every look into its directory, the source sends all its pods, as one `SET`.
 */
async function listConfig(source: SourceFile): Promise<void> {
  const { os, path } = source;
  const isFile = os.stat(path)?.kind === 'file';
  const pods = isFile
    ? [extractFromFile(source, path)]
    : extractFromDir(source);
  await source.updates.send({ pods, op: 'SET', source: fileSource });
}

/**
 * All manifests by name; one that cannot be read is reported and left out.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/config/file.go sourceFile.extractFromDir
 */
function extractFromDir(source: SourceFile): Pod[] {
  const pods: Pod[] = [];
  for (const name of source.os.readDir(source.path).toSorted()) {
    const path = `${source.path}/${name}`;
    if (name.startsWith('.')) continue;
    if (source.os.stat(path)?.kind === 'directory') {
      errorf(`Not recursing into manifest path "${path}"`);
      continue;
    }
    try {
      pods.push(extractFromFile(source, path));
    } catch (thrown) {
      errorf(
        `Can't process manifest file "${path}": ${asError(thrown).message}`,
      );
    }
  }
  return pods;
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/config/file.go sourceFile.extractFromFile
 */
function extractFromFile(
  { ports, os, nodeName }: SourceFile,
  path: string,
): Pod {
  try {
    const manifest = decodeSinglePod(ports, os.stat(path)?.text ?? '');
    const source = `file:${path}`;
    return applyDefaults(ports, manifest, { source, isFile: true, nodeName });
  } catch (thrown) {
    if (!(thrown instanceof UnparsableError)) throw thrown;
    throw new Error(
      `${path}: couldn't parse as pod(${thrown.message}), please check config file`,
      { cause: thrown },
    );
  }
}
