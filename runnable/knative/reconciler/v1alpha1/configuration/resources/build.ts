/**
 * The Build that has to run before a Configuration's Revision can.
 *
 * Any kind of object may be a Build: what the Configuration holds is taken as
 * it is, named after the Configuration and marked with a hash, by which a
 * Build of the same content is found again.
 */
import { deepCopy, isRecord } from '../../../../../apiserver/objects.ts';
import type { KObject } from '../../../../../apiserver/store.ts';
import { buildHashLabelKey } from '../../../../apis/serving/register.ts';
import type { ConfigurationObject } from '../../../../apis/serving/v1alpha1/configuration-types.ts';
import { newControllerRef } from '../../../../kmeta/owner-references.ts';

/** SHA-256, which comes in from outside. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/configuration/resources/build.go MakeBuild
 * @returns undefined when nothing has to be built
 */
export function makeBuild(
  config: ConfigurationObject,
  sha256: Sha256,
): KObject | undefined {
  const raw = config.spec?.build;
  if (raw === undefined) return undefined;
  const { name, namespace = '' } = config.metadata;
  const build = getBuild(raw);
  return {
    ...build,
    metadata: {
      ...build.metadata,
      // The API server makes a name of this by adding to it.
      name: '',
      generateName: `${name}-`,
      namespace,
      labels: {
        ...build.metadata.labels,
        [buildHashLabelKey]: hashOf(raw, sha256),
      },
      ownerReferences: [newControllerRef(config)],
    },
  };
}

/**
 * What the Configuration holds, as an object. What has no kind is the spec of
 * a Build of Knative's own.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/configuration/resources/build.go GetBuild
 */
export function getBuild(raw: Readonly<Record<string, unknown>>): KObject {
  const { apiVersion, kind, metadata, ...rest } = deepCopy(raw);
  if (typeof apiVersion === 'string' && typeof kind === 'string') {
    const meta = isRecord(metadata) ? metadata : {};
    return { ...rest, apiVersion, kind, metadata: { name: '', ...meta } };
  }
  return {
    apiVersion: 'build.knative.dev/v1alpha1',
    kind: 'Build',
    metadata: { name: '' },
    ...{ spec: deepCopy(raw) },
  };
}

/** The first 63 hexadecimal digits: as many as a label may have. */
function hashOf(
  raw: Readonly<Record<string, unknown>>,
  sha256: Sha256,
): string {
  const digest = sha256(new TextEncoder().encode(marshal(raw)));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0'));
  return hex.join('').slice(0, 63);
}

/** JSON as Go writes it: keys in order, and `<`, `>`, `&` escaped. */
function marshal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(marshal).join(',')}]`;
  if (isRecord(value)) {
    const keys = Object.keys(value).sort();
    const fields = keys.map((key) => `${marshal(key)}:${marshal(value[key])}`);
    return `{${fields.join(',')}}`;
  }
  return JSON.stringify(value).replace(
    /[<>&]/g,
    (character) => `\\u00${character.charCodeAt(0).toString(16)}`,
  );
}
