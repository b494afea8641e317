/**
 * What a Deployment's status says of its pods, and when no progress becomes a
 * failure.
 *
 * Scaffolding, with the reasons that Kubernetes gives: a Deployment that once
 * had all its pods never misses its deadline until its template changes.
 */
import { formatTime, parseTime } from '../apiserver/time.ts';
import type { Instant } from '../sim/clock.ts';
import { isPodReady } from './types.ts';
import type {
  Deployment,
  DeploymentCondition,
  DeploymentStatus,
  Pod,
} from './types.ts';

/** @param old how many pods are left of earlier templates */
export function statusOf(
  deployment: Deployment,
  current: readonly Pod[],
  old: number,
  now: Instant,
): DeploymentStatus {
  const wanted = deployment.spec?.replicas ?? 1;
  const ready = current.filter(isPodReady).length;
  const { generation } = deployment.metadata;
  const counts = {
    ...(generation === undefined ? {} : { observedGeneration: generation }),
    replicas: current.length + old,
    updatedReplicas: current.length,
    readyReplicas: ready,
    availableReplicas: ready,
    unavailableReplicas: Math.max(0, wanted - ready),
  };
  const conditions = [
    keepTime(deployment, available(ready >= wanted), now),
    progressing(deployment, counts, now),
  ];
  return { ...counts, conditions };
}

/**
 * When the deadline ends; undefined when nothing is being waited for.
 */
export function progressDeadline(
  { spec }: Deployment,
  { conditions = [] }: DeploymentStatus,
): Instant | undefined {
  const found = conditions.find(({ type }) => type === 'Progressing');
  if (found?.reason !== 'ReplicaSetUpdated') return undefined;
  const seconds = spec?.progressDeadlineSeconds ?? 600;
  return parseTime(found.lastUpdateTime) + seconds * 1000;
}

type News = Omit<DeploymentCondition, 'lastUpdateTime'>;

function available(isSo: boolean): News {
  return {
    type: 'Available',
    status: isSo ? 'True' : 'False',
    reason: isSo ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
    message: isSo
      ? 'Deployment has minimum availability.'
      : 'Deployment does not have minimum availability.',
  };
}

function progressing(
  deployment: Deployment,
  counts: DeploymentStatus,
  now: Instant,
): DeploymentCondition {
  const { status, metadata } = deployment;
  const known = status?.conditions?.find(({ type }) => type === 'Progressing');
  const name = metadata.name;
  const done = counts.unavailableReplicas === 0 && isAlone(counts);
  if (done) {
    const message = `ReplicaSet "${name}" has successfully progressed.`;
    const news = { status: 'True', reason: 'NewReplicaSetAvailable' } as const;
    return keepTime(deployment, { type: 'Progressing', ...news, message }, now);
  }
  if (
    known?.reason === 'NewReplicaSetAvailable' &&
    !isRollout(status, counts)
  ) {
    return known;
  }
  const moved =
    known === undefined ||
    status?.updatedReplicas !== counts.updatedReplicas ||
    status?.readyReplicas !== counts.readyReplicas;
  if (known !== undefined && !moved) {
    return overdue(deployment, known, now);
  }
  return {
    type: 'Progressing',
    status: 'True',
    reason: 'ReplicaSetUpdated',
    message: `ReplicaSet "${name}" is progressing.`,
    lastUpdateTime: formatTime(now),
  };
}

/** The condition of a Deployment on which nothing has moved. */
function overdue(
  { spec, metadata }: Deployment,
  known: DeploymentCondition,
  now: Instant,
): DeploymentCondition {
  const seconds = spec?.progressDeadlineSeconds ?? 600;
  const due = parseTime(known.lastUpdateTime) + seconds * 1000;
  if (known.status === 'False' || now < due) return known;
  return {
    type: 'Progressing',
    status: 'False',
    reason: 'ProgressDeadlineExceeded',
    message: `ReplicaSet "${metadata.name}" has timed out progressing.`,
    lastUpdateTime: formatTime(now),
  };
}

/** Whether no pods of an earlier template are left. */
function isAlone({ replicas, updatedReplicas }: DeploymentStatus): boolean {
  return replicas === updatedReplicas;
}

/** Whether pods of another template are being replaced. */
function isRollout(
  before: DeploymentStatus | undefined,
  counts: DeploymentStatus,
): boolean {
  return !isAlone(counts) || before?.replicas !== before?.updatedReplicas;
}

/** A condition that says what it said keeps its time. */
function keepTime(
  { status }: Deployment,
  news: News,
  now: Instant,
): DeploymentCondition {
  const known = status?.conditions?.find(({ type }) => type === news.type);
  const same = known?.status === news.status && known.reason === news.reason;
  return {
    ...news,
    lastUpdateTime: same ? known.lastUpdateTime : formatTime(now),
  };
}
