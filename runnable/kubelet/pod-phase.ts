/**
 * The phase of a pod: one word for all its containers.
 */
import type { ContainerStatus, PodPhase, PodSpec } from './api/v1.ts';

/** How many containers are in which condition, as `getPhase` counts them. */
interface Counts {
  unknown: number;
  running: number;
  waiting: number;
  stopped: number;
  succeeded: number;
}

/**
 * The phase of a pod, from the statuses of its containers.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet_pods.go getPhase
 */
export function getPhase(
  spec: PodSpec,
  info: readonly ContainerStatus[],
): PodPhase {
  const init = initialization(spec, info);
  const { unknown, running, waiting, stopped, succeeded } = count(spec, info);
  if (init.failed > 0 && spec.restartPolicy === 'Never') return 'Failed';
  if (init.pending > 0 || waiting > 0) return 'Pending';
  if (running > 0 && unknown === 0) return 'Running';
  if (running === 0 && stopped > 0 && unknown === 0) {
    if (spec.restartPolicy === 'Always') return 'Running';
    if (stopped === succeeded) return 'Succeeded';
    return spec.restartPolicy === 'Never' ? 'Failed' : 'Running';
  }
  return 'Pending';
}

function initialization(
  spec: PodSpec,
  info: readonly ContainerStatus[],
): { readonly pending: number; readonly failed: number } {
  let pending = 0;
  let failed = 0;
  for (const { name } of spec.initContainers ?? []) {
    const status = info.find((each) => each.name === name);
    const { terminated, waiting } = status?.state ?? {};
    const last = status?.lastState.terminated;
    const ended = terminated ?? (waiting === undefined ? undefined : last);
    if (ended === undefined) pending += 1;
    else if (ended.exitCode !== 0) failed += 1;
  }
  return { pending, failed };
}

function count(spec: PodSpec, info: readonly ContainerStatus[]): Counts {
  const counts = {
    unknown: 0,
    running: 0,
    waiting: 0,
    stopped: 0,
    succeeded: 0,
  };
  for (const { name } of spec.containers) {
    const status = info.find((each) => each.name === name);
    const { running, terminated, waiting } = status?.state ?? {};
    if (running !== undefined) counts.running += 1;
    else if (terminated !== undefined) {
      counts.stopped += 1;
      if (terminated.exitCode === 0) counts.succeeded += 1;
    } else if (waiting === undefined) counts.unknown += 1;
    else if (status?.lastState.terminated === undefined) counts.waiting += 1;
    else counts.stopped += 1;
  }
  return counts;
}
