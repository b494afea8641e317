/**
 * Once a minute: which dead containers, sandboxes and logs nobody needs.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_gc.go containerGC
 */
import type { Instant, Milliseconds } from '../../sim/clock.ts';
import { sortBy } from '../../sim/sort-by.ts';
import type { UID } from '../api/v1.ts';
import { errorf, infof } from '../klog.ts';
import { asError } from '../util/errors.ts';
import { buildPodLogsDirectory, podLogsRootDirectory } from './helpers.ts';
import { killContainer } from './kill-container.ts';
import {
  getKubeletContainers,
  removeContainer,
} from './kuberuntime-container.ts';
import { getKubeletSandboxes } from './kuberuntime-sandbox.ts';
import { getContainerName, getPodUID } from './labels.ts';
import { danglingSymlinks } from './legacy.ts';
import type { RuntimeContext } from './runtime-context.ts';

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/container/container_gc.go ContainerGCPolicy
 */
export interface ContainerGCPolicy {
  /** Since the container's creation. */
  readonly minAge: Milliseconds;
  /** Dead instances of one container; below 0 means no limit. */
  readonly maxPerPodContainer: number;
  /** Dead containers altogether; below 0 means no limit. */
  readonly maxContainers: number;
}

/**
 * What the kubelet knows of a pod that the runtime may still remember.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_manager.go podStateProvider
 */
export interface PodStateProvider {
  isPodDeleted(uid: UID): boolean;
  isPodTerminated(uid: UID): boolean;
}

export interface GCOptions {
  readonly allSourcesReady: boolean;
  /** Under disk pressure: terminated pods lose all they have. */
  readonly evictTerminatedPods: boolean;
}

interface ContainerGCInfo {
  readonly id: string;
  readonly name: string;
  readonly createTime: Instant;
  readonly unknown: boolean;
}

interface SandboxGCInfo {
  readonly id: string;
  readonly createTime: Instant;
  /** Ready, or with containers in it. */
  readonly active: boolean;
}

/**
 * Containers first, then sandboxes, which may be empty by then, then logs.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_gc.go containerGC.GarbageCollect
 * @throws {Error} when the runtime does not list what it has
 */
export async function garbageCollect(
  m: RuntimeContext,
  podStateProvider: PodStateProvider,
  gcPolicy: ContainerGCPolicy,
  options: GCOptions,
): Promise<void> {
  await evictContainers(m, podStateProvider, gcPolicy, options);
  await evictSandboxes(m, podStateProvider, options.evictTerminatedPods);
  evictPodLogsDirectories(m, podStateProvider, options.allSourcesReady);
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_gc.go containerGC.evictContainers
 */
export async function evictContainers(
  m: RuntimeContext,
  podStateProvider: PodStateProvider,
  gcPolicy: ContainerGCPolicy,
  { allSourcesReady, evictTerminatedPods }: GCOptions,
): Promise<void> {
  const evictUnits = await evictableContainers(m, gcPolicy.minAge);
  if (allSourcesReady) {
    for (const [key, unit] of evictUnits) {
      const { uid } = unit;
      const gone =
        podStateProvider.isPodDeleted(uid) ||
        (podStateProvider.isPodTerminated(uid) && evictTerminatedPods);
      if (!gone) continue;
      await removeOldestN(m, unit.containers, unit.containers.length);
      evictUnits.delete(key);
    }
  }
  if (gcPolicy.maxPerPodContainer >= 0) {
    await enforceMaxContainersPerEvictUnit(
      m,
      evictUnits,
      gcPolicy.maxPerPodContainer,
    );
  }
  if (gcPolicy.maxContainers < 0) return;
  if (numContainers(evictUnits) <= gcPolicy.maxContainers) return;
  const share = Math.floor(gcPolicy.maxContainers / evictUnits.size);
  await enforceMaxContainersPerEvictUnit(m, evictUnits, Math.max(share, 1));
  const left = numContainers(evictUnits);
  if (left <= gcPolicy.maxContainers) return;
  const flattened = sortBy(
    [...evictUnits.values()].flatMap(({ containers }) => containers),
    ({ createTime }) => -createTime,
  );
  await removeOldestN(m, flattened, left - gcPolicy.maxContainers);
}

interface EvictUnit {
  readonly uid: UID;
  /** Newest first. */
  containers: ContainerGCInfo[];
}

/**
 * Dead containers that are old enough, by pod and container name.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_gc.go containerGC.evictableContainers
 */
async function evictableContainers(
  m: RuntimeContext,
  minAge: Milliseconds,
): Promise<Map<string, EvictUnit>> {
  const newestGCTime = m.sim.now() - minAge;
  const evictUnits = new Map<string, EvictUnit>();
  for (const container of await getKubeletContainers(m, true)) {
    if (container.state === 'running') continue;
    if (newestGCTime < container.createdAt) continue;
    const uid = getPodUID(container.labels);
    const name = getContainerName(container.labels);
    const key = `${uid}/${name}`;
    const unit = evictUnits.get(key) ?? { uid, containers: [] };
    unit.containers.unshift({
      id: container.id,
      name,
      createTime: container.createdAt,
      unknown: container.state === 'unknown',
    });
    evictUnits.set(key, unit);
  }
  for (const unit of evictUnits.values()) {
    unit.containers = sortBy(unit.containers, ({ createTime }) => -createTime);
  }
  return evictUnits;
}

function numContainers(evictUnits: ReadonlyMap<string, EvictUnit>): number {
  let count = 0;
  for (const { containers } of evictUnits.values()) count += containers.length;
  return count;
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_gc.go containerGC.enforceMaxContainersPerEvictUnit
 */
async function enforceMaxContainersPerEvictUnit(
  m: RuntimeContext,
  evictUnits: ReadonlyMap<string, EvictUnit>,
  maxContainers: number,
): Promise<void> {
  for (const unit of evictUnits.values()) {
    const toRemove = unit.containers.length - maxContainers;
    if (toRemove <= 0) continue;
    unit.containers = await removeOldestN(m, unit.containers, toRemove);
  }
}

/**
 * Removes from the tail. Whoever cannot be removed counts as gone, too.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_gc.go containerGC.removeOldestN
 */
async function removeOldestN(
  m: RuntimeContext,
  containers: readonly ContainerGCInfo[],
  toRemove: number,
): Promise<ContainerGCInfo[]> {
  const numToKeep = containers.length - toRemove;
  for (const { id, name, unknown } of containers
    .slice(numToKeep)
    .toReversed()) {
    try {
      if (unknown) {
        // Nobody knows whether it runs, so it is stopped before.
        await killContainer(m, {
          pod: undefined,
          containerID: id,
          containerName: name,
          reason:
            'Container is in unknown state, try killing it before removal',
        });
      }
      await removeContainer(m, id);
    } catch (thrown) {
      errorf(`Failed to remove container "${id}": ${asError(thrown).message}`);
    }
  }
  return containers.slice(0, numToKeep);
}

/**
 * Of each pod the newest sandbox stays, dead or not, and whatever is active.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_gc.go containerGC.evictSandboxes
 */
export async function evictSandboxes(
  m: RuntimeContext,
  podStateProvider: PodStateProvider,
  evictTerminatedPods: boolean,
): Promise<void> {
  const containers = await getKubeletContainers(m, true);
  const inUse = new Set(containers.map(({ podSandboxID }) => podSandboxID));
  const sandboxesByPod = new Map<UID, SandboxGCInfo[]>();
  for (const sandbox of await getKubeletSandboxes(m, true)) {
    const { uid } = sandbox.metadata;
    const list = sandboxesByPod.get(uid) ?? [];
    list.unshift({
      id: sandbox.id,
      createTime: sandbox.createdAt,
      active: sandbox.state === 'SANDBOX_READY' || inUse.has(sandbox.id),
    });
    sandboxesByPod.set(uid, list);
  }
  for (const [uid, list] of sandboxesByPod) {
    const newestFirst = sortBy(list, ({ createTime }) => -createTime);
    const gone =
      podStateProvider.isPodDeleted(uid) ||
      (podStateProvider.isPodTerminated(uid) && evictTerminatedPods);
    const candidates = gone ? newestFirst : newestFirst.slice(1);
    for (const { id, active } of candidates.toReversed()) {
      if (!active) await removeSandbox(m, id);
    }
  }
}

/**
 * Stops before it removes, since what was stopped halfway may hold a network.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_gc.go containerGC.removeSandbox
 */
async function removeSandbox(
  m: RuntimeContext,
  sandboxID: string,
): Promise<void> {
  infof(`Removing sandbox "${sandboxID}"`);
  try {
    await m.runtimeService.stopPodSandbox(sandboxID);
    await m.runtimeService.removePodSandbox(sandboxID);
  } catch (thrown) {
    errorf(
      `Failed to remove sandbox "${sandboxID}": ${asError(thrown).message}`,
    );
  }
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_gc.go containerGC.evictPodLogsDirectories
 */
export function evictPodLogsDirectories(
  m: RuntimeContext,
  podStateProvider: PodStateProvider,
  allSourcesReady: boolean,
): void {
  if (allSourcesReady) {
    for (const uid of m.os.readDir(podLogsRootDirectory)) {
      if (!podStateProvider.isPodDeleted(uid)) continue;
      m.os.removeAll(buildPodLogsDirectory(uid));
    }
  }
  for (const path of danglingSymlinks(m.os)) m.os.remove(path);
}
