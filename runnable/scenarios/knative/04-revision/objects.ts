/**
 * The objects that are there before anything happens, and those that somebody
 * brings.
 */
import type { ObjectReference } from '../../../knative/apis/core/v1/types.ts';
import type { KResource } from '../../../knative/apis/duck/v1alpha1/conditions-types.ts';
import type { ConfigurationObject } from '../../../knative/apis/serving/v1alpha1/configuration-types.ts';
import type { RevisionObject } from '../../../knative/apis/serving/v1alpha1/revision-types.ts';
import { makeRevision } from '../../../knative/reconciler/v1alpha1/configuration/resources/revision.ts';
import { template } from '../helloworld.ts';

/** The first generation of a Configuration, ready to get its Revision. */
export function configuration(): ConfigurationObject {
  return {
    apiVersion: 'serving.knative.dev/v1alpha1',
    kind: 'Configuration',
    metadata: {
      name: 'helloworld-go',
      namespace: 'default',
      uid: 'uid-c1',
      generation: 1,
    },
    spec: template('Go Sample v1'),
  };
}

/** What may be different about a Revision. */
export interface Wish {
  /** An object that has to build the image first. */
  readonly buildRef?: ObjectReference;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A Revision as the configuration controller makes one. */
export function revision(
  name: string,
  { buildRef, annotations = {} }: Wish,
): RevisionObject {
  const made = makeRevision(configuration(), buildRef);
  const metadata = { ...made.metadata, name, annotations };
  return { ...made, metadata };
}

/** Whatever builds the image; its kind is one that nobody declared. */
export const build: KResource & { readonly spec: unknown } = {
  apiVersion: 'build.knative.dev/v1alpha1',
  kind: 'Build',
  metadata: { name: 'helloworld-go-build', namespace: 'default' },
  spec: { source: 'helloworld.go' },
};
