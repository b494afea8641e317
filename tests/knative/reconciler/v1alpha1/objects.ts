/**
 * Objects for tests of reconcilers, and short ways to read what came out.
 */
import type {
  KObject,
  ObjectMeta,
  OwnerReference,
} from '../../../../runnable/apiserver/store.ts';
import type { Output } from '../../../../runnable/knative/reconciler/testing/reconcile-once.ts';

/** An object of Knative Serving in namespace `foo`. */
export function serving(
  kind: string,
  metadata: Partial<ObjectMeta>,
  fields: object = {},
): KObject {
  return {
    apiVersion: 'serving.knative.dev/v1alpha1',
    kind,
    metadata: { name: 'a', namespace: 'foo', uid: `uid-${kind}`, ...metadata },
    ...fields,
  };
}

/** The reference to the controller of that kind, named `a`. */
export function ownedBy(kind: string, uid = `uid-${kind}`): OwnerReference[] {
  return [
    {
      apiVersion: 'serving.knative.dev/v1alpha1',
      kind,
      name: 'a',
      uid,
      controller: true,
      blockOwnerDeletion: true,
    },
  ];
}

export const configuration = {
  revisionTemplate: {
    spec: { container: { image: 'busybox' }, timeoutSeconds: 60 },
  },
};

interface Status {
  readonly conditions?: readonly Readonly<Record<string, string>>[];
  readonly [field: string]: unknown;
}

/** The status that was written last. */
export function statusOf({ statusUpdates }: Output): Status {
  const last: (KObject & { readonly status?: Status }) | undefined =
    statusUpdates.at(-1);
  return last?.status ?? {};
}

/** `Ready False NotOwned` for each condition of that status. */
export function conditionsOf(output: Output): string[] {
  return (statusOf(output).conditions ?? []).map(({ type, status, reason }) =>
    [type, status, reason].filter(Boolean).join(' '),
  );
}

/** `Normal Created` for each event. */
export function eventsOf({ events }: Output): string[] {
  return events.map(({ type, reason }) => `${type} ${reason}`);
}
