/**
 * What the API server does with a request: checks it, carries it out at once,
 * tells the trace and the watchers.
 *
 * `actor` is the process that asked; the trace attributes the write to it. The
 * cases of the events: `unchanged` for a write that changes nothing, `marked`
 * and `graceful` for a deletion that has to wait for finalizers or for the
 * kubelet, `finished` when the last finalizer goes, `refused` with an error.
 *
 * @omits deleting what is in a namespace along with the namespace
 */
import type { Instant } from '../sim/clock.ts';
import type { EventId, EventKind } from '../sim/event.ts';
import type { Sim } from '../sim/sim.ts';
import { runAdmission } from './admission.ts';
import type { Admission } from './admission.ts';
import {
  newAlreadyExists,
  newConflict,
  newModified,
  newNoResource,
  newNotFound,
  newUnsupportedMediaType,
  newUnversioned,
  qualifiedResource,
} from './api-error.ts';
import { hasStatus, namespaces, uidPrefix } from './kinds.ts';
import { deepCopy, deepEqual, deepFreeze, joinKey, keyOf } from './objects.ts';
import { applyPatch } from './patch.ts';
import { isFinished, prepareForCreate, prepareForUpdate } from './rules.ts';
import type { Draft, Part } from './rules.ts';
import type { Gvr, KObject, Patch } from './store.ts';
import { Table } from './table.ts';
import { checkKind, checkNew, checkUpdate } from './validation.ts';
import { subjectOf } from './watch.ts';
import type { WatchLog } from './watch-log.ts';

/** Who asks, and for which resource. */
export interface Request {
  readonly actor: Sim;
  readonly gvr: Gvr;
}

/** How a write shows in the trace. */
interface Shown {
  readonly kind: EventKind;
  readonly case?: string | undefined;
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** Told of objects that came, that shall go, and that are gone. */
export interface Witness {
  created(object: KObject): void;
  marked(object: KObject): void;
  removed(object: KObject): void;
}

/** The server's side of every request. */
export class Registry {
  readonly table = new Table();
  readonly log: WatchLog;
  readonly admissions: Admission[] = [];
  witness: Witness | undefined;
  readonly #sim: Sim;

  constructor(sim: Sim, log: WatchLog) {
    this.#sim = sim;
    this.log = log;
  }

  now(): Instant {
    return this.#sim.now();
  }

  /** @throws {ApiError} NotFound */
  get(gvr: Gvr, namespace: string, name: string): KObject {
    const object = this.table.get(gvr, joinKey(namespace, name));
    if (object === undefined) throw newNotFound(gvr, name);
    return object;
  }

  create({ actor, gvr }: Request, object: KObject): KObject {
    checkKind(gvr, object);
    const { namespace = '' } = object.metadata;
    if (gvr.namespaced && namespace !== '') {
      this.get(namespaces, '', namespace);
    }
    const admitted = runAdmission(this.admissions, 'CREATE', gvr, object);
    const named = this.#named(gvr, admitted);
    checkNew(gvr, named);
    const { name } = named.metadata;
    const taken = this.table.get(gvr, keyOf(named));
    if (taken !== undefined) {
      const deleting = taken.metadata.deletionTimestamp !== undefined;
      throw newAlreadyExists(gvr, name, deleting);
    }
    const draft = prepareForCreate(gvr, named, this.now());
    draft.metadata.uid = this.newUid(gvr);
    const created = this.save({ actor, gvr }, undefined, draft, {
      kind: 'store.create',
    });
    this.witness?.created(created);
    return created;
  }

  update({ actor, gvr }: Request, object: KObject, part: Part): KObject {
    checkKind(gvr, object);
    const { namespace = '', name } = object.metadata;
    const current = this.get(gvr, namespace, name);
    const kind = part === 'main' ? 'store.update' : 'store.updateStatus';
    return this.#replace({ actor, gvr }, current, object, part, { kind });
  }

  patch(
    { actor, gvr }: Request,
    current: KObject,
    patch: Patch,
    part: Part,
  ): KObject {
    if (patch.type === 'strategic' && gvr.custom) {
      throw newUnsupportedMediaType([
        'application/json-patch+json',
        'application/merge-patch+json',
        'application/apply-patch+yaml',
      ]);
    }
    const patched = applyPatch(current, patch);
    checkKind(gvr, patched);
    return this.#replace({ actor, gvr }, current, patched, part, {
      kind: 'store.patch',
      fields: { patch: patch.body },
    });
  }

  /** Stores `draft` as the next version, and lets everybody know. */
  save(
    { actor, gvr }: Request,
    before: KObject | undefined,
    draft: Draft,
    shown: Shown,
  ): KObject {
    const version = ++this.table.version;
    draft.metadata.resourceVersion = String(version);
    const after: KObject = deepFreeze(draft);
    this.table.put(gvr, after);
    const cause = this.show({ actor, gvr }, before, after, shown);
    this.log.append({ version, gvr, before, after, object: after, cause });
    return after;
  }

  /**
   * Takes an object out of the store.
   *
   * @param variant `finished` when only finalizers had kept it
   */
  remove(
    { actor, gvr }: Request,
    current: KObject,
    variant?: 'finished',
  ): void {
    const version = ++this.table.version;
    this.table.remove(gvr, current);
    const last = deepCopy(current);
    last.metadata.resourceVersion = String(version);
    const object: KObject = deepFreeze(last);
    const cause = this.show({ actor, gvr }, undefined, current, {
      kind: 'store.delete',
      case: variant,
    });
    this.log.append({
      version,
      gvr,
      before: current,
      after: undefined,
      object,
      cause,
    });
    this.witness?.removed(object);
  }

  /** Reports a write to the trace. */
  show(
    { actor, gvr }: Request,
    before: KObject | undefined,
    object: KObject,
    shown: Shown,
  ): EventId {
    const { namespace = '', name } = object.metadata;
    return actor.emit(
      shown.kind,
      subjectOf(gvr, namespace, name),
      { ...(before === undefined ? {} : { before }), object, ...shown.fields },
      { case: shown.case },
    );
  }

  newUid(gvr: Gvr): string {
    const prefix = uidPrefix(gvr);
    return `uid-${prefix}${this.#sim.count(`uid ${prefix}`)}`;
  }

  /** Puts `object` in place of `current`, as an update or a patch does. */
  #replace(
    request: Request,
    current: KObject,
    object: KObject,
    part: Part,
    shown: Shown,
  ): KObject {
    const { gvr } = request;
    if (part === 'status' && !hasStatus(gvr)) throw newNoResource();
    this.#checkUid(gvr, object, current);
    const admitted =
      part === 'main'
        ? runAdmission(this.admissions, 'UPDATE', gvr, object, current)
        : object;
    this.#checkVersion(gvr, admitted, current);
    const next = prepareForUpdate(gvr, admitted, current, part);
    checkUpdate(gvr, next, current);
    if (isFinished(next, current)) {
      this.show(request, current, next, shown);
      this.remove(request, current, 'finished');
      return deepFreeze(next);
    }
    if (deepEqual(next, current)) {
      this.show(request, current, current, { ...shown, case: 'unchanged' });
      return current;
    }
    return this.save(request, current, next, shown);
  }

  #checkUid(gvr: Gvr, { metadata }: KObject, current: KObject): void {
    const { uid = '' } = metadata;
    const { namespace = '', name, uid: actual = '' } = current.metadata;
    if (uid === '' || uid === actual) return;
    const key = `/registry/${gvr.custom ? `${gvr.group}/` : ''}${gvr.resource}/${joinKey(namespace, name)}`;
    const why = `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: ${uid}, UID in object meta: ${actual}`;
    throw newConflict(gvr, qualifiedResource(gvr), name, why);
  }

  #checkVersion(gvr: Gvr, { metadata }: KObject, current: KObject): void {
    const { resourceVersion = '' } = metadata;
    const { name } = current.metadata;
    if (resourceVersion === '') {
      if (gvr.custom) throw newUnversioned(gvr, name);
    } else if (resourceVersion !== current.metadata.resourceVersion) {
      throw newModified(gvr, name);
    }
  }

  /**
   * Gives an object its name, if it has only the beginning of one.
   *
   * @differs five random characters end a generated name on a real server;
   *   here, as in Knative's tests, a counter of five digits
   */
  #named(gvr: Gvr, object: KObject): KObject {
    const { generateName = '', name, namespace = '' } = object.metadata;
    if (name !== '' || generateName === '') return object;
    const series = `name ${gvr.resource} ${joinKey(namespace, generateName)}`;
    let free = '';
    do {
      const digits = String(this.#sim.count(series)).padStart(5, '0');
      free = `${generateName}${digits}`;
    } while (this.table.get(gvr, joinKey(namespace, free)) !== undefined);
    return { ...object, metadata: { ...object.metadata, name: free } };
  }
}
