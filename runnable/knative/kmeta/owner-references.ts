/**
 * Ownership: the reference from a child to the one object that controls it.
 *
 * The reference holds the owner's uid and not only its name, so that a child
 * of a deleted object is not taken for the child of a new one of that name.
 */
import type {
  KObject,
  ObjectMeta,
  OwnerReference,
} from '../../apiserver/store.ts';

/**
 * The reference that makes `object` the controller of a child.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/kmeta/owner_references.go NewControllerRef
 */
export function newControllerRef(object: KObject): OwnerReference {
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    name: object.metadata.name,
    uid: object.metadata.uid ?? '',
    controller: true,
    blockOwnerDeletion: true,
  };
}

/** The reference marked as controller; upstream's `metav1.GetControllerOf`. */
export function getControllerOf(object: {
  readonly metadata: ObjectMeta;
}): OwnerReference | undefined {
  return object.metadata.ownerReferences?.find(
    (reference) => reference.controller === true,
  );
}

/**
 * Whether `owner` controls `object`: the uids are compared, not the names.
 * Upstream's `metav1.IsControlledBy`.
 */
export function isControlledBy(
  object: { readonly metadata: ObjectMeta },
  owner: { readonly metadata: ObjectMeta },
): boolean {
  const reference = getControllerOf(object);
  return (
    reference !== undefined && reference.uid === (owner.metadata.uid ?? '')
  );
}
