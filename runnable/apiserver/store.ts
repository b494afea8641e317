/**
 * The Kubernetes API as its clients see it: objects by kind, namespace, name.
 *
 * Everything above this interface (informers, reconcilers, the kubelet) works
 * with any store that keeps its rules; `memory-store.ts` is the one that runs
 * here. The rules: every call is asynchronous; what is returned is frozen and
 * must be copied before it is changed; a list's version is a valid start for
 * a watch; one object's events arrive in the order of its versions; a watch
 * may end at any time; a conflict is the caller's to retry.
 */

/** Which kind of object, and where it lives in the API. */
export interface Gvr {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  /** Plural and lower case, as in URLs and in error messages. */
  readonly resource: string;
  readonly kind: string;
  readonly namespaced: boolean;
  /**
   * Whether a custom resource: its updates must name a version, and creating
   * one drops its status.
   */
  readonly custom: boolean;
  /** Whether `metadata.generation` counts the changes of the spec. */
  readonly generations: boolean;
}

/** Who an object belongs to: when all its owners are gone, it goes too. */
export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
  readonly blockOwnerDeletion?: boolean;
}

/** What every object has beside its body. */
export interface ObjectMeta {
  readonly name: string;
  readonly generateName?: string;
  /** Empty or absent for cluster-scoped objects. */
  readonly namespace?: string;
  readonly uid?: string;
  /** Opaque; compare for equality only. */
  readonly resourceVersion?: string;
  readonly generation?: number;
  /** RFC 3339, whole seconds. */
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly deletionGracePeriodSeconds?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly OwnerReference[];
  readonly finalizers?: readonly string[];
}

/** Any object of the API. */
export interface KObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
}

/** News of one object, or only of a version that was reached. */
export type WatchEvent<O> =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: O }
  | { readonly type: 'BOOKMARK'; readonly resourceVersion: string };

/** A change, said in one of three ways. */
export type Patch =
  | { readonly type: 'merge' | 'strategic'; readonly body: unknown }
  | { readonly type: 'json'; readonly body: readonly unknown[] };

/** Which objects are meant. */
export interface ListOptions {
  /** All namespaces when absent. */
  readonly namespace?: string;
  /** Equality terms joined by commas: `a=b,c!=d,e,!f`. */
  readonly labelSelector?: string;
  /** `metadata.name` and `metadata.namespace`, as on a real server. */
  readonly fieldSelector?: string;
  /** The answer may not be older than this version. */
  readonly resourceVersion?: string;
}

/** Which objects, and from when on. */
export interface WatchOptions extends ListOptions {
  /** Events after this version; from a list's or an object's metadata. */
  readonly resourceVersion: string;
  /** Ends the watch. */
  readonly signal: AbortSignal;
}

/** How to delete, and under which condition. */
export interface DeleteOptions {
  /** Refuses the deletion when the object has another uid. */
  readonly uid?: string;
  readonly propagation?: 'Background' | 'Foreground' | 'Orphan';
  readonly gracePeriodSeconds?: number;
}

/** Some objects, as they were at one version of the whole store. */
export interface ObjectList<O> {
  readonly items: readonly O[];
  readonly resourceVersion: string;
}

/** What can be done with one kind of object. All of it throws `ApiError`. */
export interface ResourceClient<O extends KObject> {
  get(namespace: string, name: string): Promise<O>;
  list(options?: ListOptions): Promise<ObjectList<O>>;
  watch(options: WatchOptions): AsyncIterable<WatchEvent<O>>;
  create(object: O): Promise<O>;
  /** Writes spec and metadata; a version that is given must be current. */
  update(object: O): Promise<O>;
  /** Writes the status alone, under the same rule. */
  updateStatus(object: O): Promise<O>;
  /** Changes spec and metadata, or the status alone. */
  patch(
    namespace: string,
    name: string,
    patch: Patch,
    subresource?: 'status',
  ): Promise<O>;
  delete(
    namespace: string,
    name: string,
    options?: DeleteOptions,
  ): Promise<void>;
  /** Deletes everything that matches, one after the other. */
  deleteCollection(options: ListOptions): Promise<void>;
}

/** The API, as a process is given it. */
export interface Store {
  resource<O extends KObject>(gvr: Gvr): ResourceClient<O>;
}
