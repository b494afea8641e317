/**
 * What a manifest leaves out, filled in the same way by file and URL sources.
 */
import type { Ports } from '../../ports.ts';
import type { Pod, PodSpec } from '../api/v1.ts';
import { configHashAnnotationKey } from '../types/pod-update.ts';
import { sortedJson } from '../util/sorted-json.ts';

/** What the sources of manifests need from outside. */
export type ManifestPorts = Pick<Ports, 'parseYaml' | 'sha1'>;

/**
 * One manifest as a pod.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/config/common.go tryDecodeSinglePod
 * @omits most of validation: kind, names and the containers' list are looked at
 * @throws {Error} when the text is not a pod's manifest
 */
export function decodeSinglePod(ports: ManifestPorts, text: string): Pod {
  const parsed = ports.parseYaml(text);
  if (typeof parsed !== 'object' || parsed === null) {
    throw new Error("couldn't parse as pod: the manifest is empty");
  }
  return asPod(parsed);
}

/** @throws {Error} with what keeps it from being a pod */
function asPod(manifest: Partial<Pod>): Pod {
  if (manifest.kind !== 'Pod') {
    throw new Error(
      `invalid pod: kind "${String(manifest.kind)}", expected "Pod"`,
    );
  }
  const { metadata, spec, status = {} } = manifest;
  if (metadata?.name === undefined) {
    throw new Error('invalid pod: metadata.name: Required value');
  }
  const invalid = validateSpec(spec);
  if (invalid !== undefined) throw new Error(`invalid pod: ${invalid}`);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata,
    spec: spec ?? { containers: [] },
    status,
  };
}

/** The first thing wrong with a spec, worded as the API words it. */
export function validateSpec(spec: PodSpec | undefined): string | undefined {
  const { containers = [], initContainers = [] } = spec ?? {};
  if (containers.length === 0) return 'spec.containers: Required value';
  const names = new Set<string>();
  for (const { name } of [...initContainers, ...containers]) {
    if (names.has(name)) {
      return `spec.containers: Duplicate value: "${name}"`;
    }
    names.add(name);
  }
  const { restartPolicy = 'Always', terminationGracePeriodSeconds = 30 } =
    spec ?? {};
  if (!['Always', 'OnFailure', 'Never'].includes(restartPolicy)) {
    return `spec.restartPolicy: Unsupported value: "${restartPolicy}": supported values: "Always", "OnFailure", "Never"`;
  }
  if (terminationGracePeriodSeconds < 0) {
    return `spec.terminationGracePeriodSeconds: Invalid value: ${terminationGracePeriodSeconds}: must be greater than or equal to 0`;
  }
  const volumes = new Set((spec?.volumes ?? []).map(({ name }) => name));
  for (const { volumeMounts = [] } of [...initContainers, ...containers]) {
    const missing = volumeMounts.find(({ name }) => !volumes.has(name));
    if (missing !== undefined) {
      return `spec.containers.volumeMounts.name: Not found: "${missing.name}"`;
    }
  }
  return undefined;
}

export interface DefaultsOptions {
  /** `file:/etc/…` or `url:https://…`. */
  readonly source: string;
  readonly isFile: boolean;
  readonly nodeName: string;
}

/**
 * Gives a static pod a UID that depends on its content, so that another
 * manifest is another pod, and a name that names the node.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/config/common.go applyDefaults
 * @differs the UID is cut from a SHA-1; upstream's is an MD5
 */
export function applyDefaults(
  ports: ManifestPorts,
  manifest: Pod,
  { source, isFile, nodeName }: DefaultsOptions,
): Pod {
  const given: Partial<Pod['metadata']> = manifest.metadata;
  const uid =
    given.uid ?? hashOf(ports, `${nodeName}${source}${sortedJson(manifest)}`);
  const tolerations = [
    ...(manifest.spec.tolerations ?? []),
    ...(isFile ? [{ operator: 'Exists', effect: 'NoExecute' }] : []),
  ];
  return {
    ...manifest,
    metadata: {
      ...manifest.metadata,
      uid,
      name: generatePodName(manifest.metadata.name, nodeName),
      namespace: given.namespace ?? 'default',
      annotations: { ...given.annotations, [configHashAnnotationKey]: uid },
    },
    spec: { restartPolicy: 'Always', ...manifest.spec, nodeName, tolerations },
    status: { ...manifest.status, phase: 'Pending' },
  };
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/config/common.go generatePodName
 */
export function generatePodName(name: string, nodeName: string): string {
  return `${name}-${nodeName.toLowerCase()}`;
}

function hashOf(ports: ManifestPorts, text: string): string {
  return [...ports.sha1(new TextEncoder().encode(text)).slice(0, 16)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}
