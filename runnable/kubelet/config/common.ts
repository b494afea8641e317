/**
 * What a manifest leaves out, filled in the same way by file and URL sources.
 */
import type { Ports } from '../../ports.ts';
import type { Container, Pod } from '../api/v1.ts';
import { configHashAnnotationKey } from '../types/pod-update.ts';
import { asError } from '../util/errors.ts';
import { sortedJson } from '../util/sorted-json.ts';

/** What the sources of manifests need from outside. */
export type ManifestPorts = Pick<Ports, 'parseYaml' | 'sha1'>;

/** A text that is no manifest of a pod at all. */
export class UnparsableError extends Error {
  override readonly name = 'UnparsableError';
}

/**
 * One manifest as a pod.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/config/common.go tryDecodeSinglePod
 * @omits most of validation: names, mounts and the restart policy are looked at
 * @throws {UnparsableError} when the text is no pod's manifest
 * @throws {Error} naming all that is wrong with the pod
 */
export function decodeSinglePod(ports: ManifestPorts, text: string): Pod {
  const manifest = parse(ports, text);
  if (manifest.kind === 'Pod') return asPod(manifest);
  throw new UnparsableError(
    `invalid pod: kind "${String(manifest.kind)}", expected "Pod"`,
  );
}

/**
 * A list of manifests as pods.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/config/common.go tryDecodePodList
 * @throws {UnparsableError} when the text is no list of pods
 * @throws {Error} naming all that is wrong with the first bad pod
 */
export function decodePodList(ports: ManifestPorts, text: string): Pod[] {
  const { kind, items = [] } = parse(ports, text);
  if (kind === 'PodList' || kind === 'List') return items.map(asPod);
  throw new UnparsableError(
    `invalid pods list: kind "${String(kind)}", expected "PodList"`,
  );
}

/** What a text may be: a pod, or a list of pods. */
interface Manifest extends Partial<Omit<Pod, 'kind'>> {
  readonly kind?: string;
  readonly items?: readonly Manifest[];
}

/** @throws {UnparsableError} when it is no manifest of anything */
function parse(ports: ManifestPorts, text: string): Manifest {
  let parsed: unknown;
  try {
    parsed = ports.parseYaml(text);
  } catch (thrown) {
    throw new UnparsableError(asError(thrown).message, { cause: thrown });
  }
  if (typeof parsed === 'object' && parsed !== null) return parsed;
  throw new UnparsableError('the manifest is empty');
}

/** @throws {Error} naming all that is wrong with it */
function asPod(manifest: Manifest): Pod {
  const errs = validatePod(manifest);
  if (errs.length > 0) throw new Error(`invalid pod: [${errs.join(' ')}]`);
  const { metadata, spec, status } = { status: {}, ...manifest } as Pod;
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec, status };
}

/** All that is wrong with a pod, worded as the API words it. */
function validatePod({ metadata, spec }: Manifest): string[] {
  const errs: string[] = [];
  if ((metadata?.name ?? '') === '') {
    errs.push(
      'metadata.name: Required value: name or generateName is required',
    );
  }
  const { containers = [], initContainers = [], volumes = [] } = spec ?? {};
  if (containers.length === 0) errs.push('spec.containers: Required value');
  const names = new Set<string>();
  const volumeNames = new Set(volumes.map(({ name }) => name));
  for (const [list, each] of Object.entries({ containers, initContainers })) {
    for (const [index, container] of each.entries()) {
      const path = `spec.${list}[${index}]`;
      const { name } = container;
      if (names.has(name))
        errs.push(`${path}.name: Duplicate value: "${name}"`);
      names.add(name);
      errs.push(...validateVolumeMounts(path, container, volumeNames));
    }
  }
  const { restartPolicy = 'Always' } = spec ?? {};
  if (!['Always', 'OnFailure', 'Never'].includes(restartPolicy)) {
    errs.push(
      `spec.restartPolicy: Unsupported value: "${restartPolicy}": supported values: "Always", "OnFailure", "Never"`,
    );
  }
  return errs;
}

function validateVolumeMounts(
  path: string,
  { volumeMounts = [] }: Container,
  volumeNames: ReadonlySet<string>,
): string[] {
  return [...volumeMounts.entries()]
    .filter(([, { name }]) => !volumeNames.has(name))
    .map(
      ([index, { name }]) =>
        `${path}.volumeMounts[${index}].name: Not found: "${name}"`,
    );
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
