/**
 * How a pod that is known differs from what a source says of it now.
 */
import { deepEqual } from '../../apiserver/objects.ts';
import type { Pod } from '../api/v1.ts';
import {
  configFirstSeenAnnotationKey,
  configMirrorAnnotationKey,
  configSourceAnnotationKey,
} from '../types/pod-update.ts';

/** What becomes of a known pod: in this order of precedence. */
export type Classified = 'delete' | 'update' | 'reconcile' | 'unchanged';

/** The kubelet's own annotations; no source knows of them. */
const localAnnotations: readonly string[] = [
  configSourceAnnotationKey,
  configMirrorAnnotationKey,
  configFirstSeenAnnotationKey,
];

/**
 * Compares, and brings the stored pod up to date in place.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/config/config.go checkAndUpdatePod
 */
export function checkAndUpdatePod(existing: Pod, ref: Pod): Classified {
  if (!podsDifferSemantically(existing, ref)) {
    if (deepEqual(existing.status, ref.status)) return 'unchanged';
    existing.status = ref.status;
    return 'reconcile';
  }
  const {
    deletionTimestamp,
    deletionGracePeriodSeconds,
    labels = {},
  } = ref.metadata;
  const {
    deletionTimestamp: _timestamp,
    deletionGracePeriodSeconds: _period,
    ...kept
  } = existing.metadata;
  existing.metadata = {
    ...kept,
    labels,
    ...(deletionTimestamp === undefined ? {} : { deletionTimestamp }),
    ...(deletionGracePeriodSeconds === undefined
      ? {}
      : { deletionGracePeriodSeconds }),
  };
  existing.spec = ref.spec;
  existing.status = ref.status;
  updateAnnotations(existing, ref);
  return deletionTimestamp === undefined ? 'update' : 'delete';
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/config/config.go podsDifferSemantically
 */
export function podsDifferSemantically(existing: Pod, ref: Pod): boolean {
  const a = existing.metadata;
  const b = ref.metadata;
  return !(
    deepEqual(existing.spec, ref.spec) &&
    deepEqual(a.labels, b.labels) &&
    a.deletionTimestamp === b.deletionTimestamp &&
    a.deletionGracePeriodSeconds === b.deletionGracePeriodSeconds &&
    isAnnotationMapEqual(a.annotations ?? {}, b.annotations ?? {})
  );
}

/**
 * Compares annotations without the kubelet's own.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/config/config.go isAnnotationMapEqual
 */
export function isAnnotationMapEqual(
  existingMap: Readonly<Record<string, string>>,
  candidateMap: Readonly<Record<string, string>>,
): boolean {
  return deepEqual(withoutLocal(existingMap), withoutLocal(candidateMap));
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/config/config.go isLocalAnnotationKey
 */
function isLocalAnnotationKey(key: string): boolean {
  return localAnnotations.includes(key);
}

function withoutLocal(
  annotations: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(annotations).filter(([key]) => !isLocalAnnotationKey(key)),
  );
}

/**
 * Takes the source's annotations and keeps the kubelet's own.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/config/config.go updateAnnotations
 */
function updateAnnotations(existing: Pod, ref: Pod): void {
  const kept = Object.entries(existing.metadata.annotations ?? {}).filter(
    ([key]) => isLocalAnnotationKey(key),
  );
  existing.metadata.annotations = {
    ...ref.metadata.annotations,
    ...Object.fromEntries(kept),
  };
}
