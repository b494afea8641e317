/**
 * Finds the Build that a Configuration needs, or has it made.
 */
import { sprintf } from '../../../../apiserver/sprintf.ts';
import type { Gvr, KObject, Store } from '../../../../apiserver/store.ts';
import { kindToResource } from '../../../apis/kind2resource.ts';
import { buildHashLabelKey } from '../../../apis/serving/register.ts';

/** The Build to wait for. */
export interface FoundBuild {
  readonly build: KObject;
  /** Whether it had to be created. */
  readonly isNew: boolean;
}

/**
 * A Build of the same content serves, whichever Configuration had it made.
 * The API server is asked, and not a cache: nobody watches every kind of
 * object that may be a Build.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/configuration/configuration.go Reconciler.createRevision (part)
 * @throws {Error} when the server refuses to list or to create
 */
export async function findOrCreateBuild(
  store: Store,
  desired: KObject,
  configuration: string,
): Promise<FoundBuild> {
  const gvr = kindToResource(desired);
  const client = store.resource(gvr);
  const { namespace = '', labels = {} } = desired.metadata;
  const labelSelector = `${buildHashLabelKey}=${labels[buildHashLabelKey] ?? ''}`;
  const { items } = await wrapped(
    client.list({ namespace, labelSelector }),
    `Failed to list GroupVersionResource ${gvrText(gvr)}`,
  );
  const [existing] = items;
  if (existing !== undefined) return { build: existing, isNew: false };
  const build = await wrapped(
    client.create(desired),
    sprintf('Failed to create Build for Configuration %q', configuration),
  );
  return { build, isNew: true };
}

/** Says in front of an error what it was that failed. */
async function wrapped<T>(promise: Promise<T>, failed: string): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    throw new Error(sprintf('%s: %v', failed, error), { cause: error });
  }
}

function gvrText({ group, version, resource }: Gvr): string {
  return `${group}/${version}, Resource=${resource}`;
}
