/**
 * One key, reconciled once: objects in, writes and events out.
 *
 * The objects fill the caches and the API alike, so the run sees a world at
 * rest. It is the harness of upstream's table tests, and the way a reader
 * tries a controller on objects of his own.
 */
import type { Verb } from '../../../apiserver/failures.ts';
import {
  apiVersionOf,
  configMaps,
  deployments,
  endpoints,
  nodes,
  pods,
  secrets,
  services as coreServices,
} from '../../../apiserver/kinds.ts';
import { keyOf } from '../../../apiserver/objects.ts';
import { MemoryStore } from '../../../apiserver/memory-store.ts';
import type { Gvr, KObject } from '../../../apiserver/store.ts';
import type { EventRecorder } from '../../../client-go/tools/record/event.ts';
import { Lister } from '../../../client-go/tools/cache/listers.ts';
import { Cache } from '../../../client-go/tools/cache/store.ts';
import { defaultStart, Sim } from '../../../sim/sim.ts';
import type { Instant } from '../../../sim/clock.ts';
import { kindToResource } from '../../apis/kind2resource.ts';
import { knativeResources } from '../../apis/resources.ts';
import { ManualWatcher } from '../../configmap/watcher.ts';
import type { ConfigMap } from '../../configmap/watcher.ts';
import type { Reconciler } from '../../controller/controller.ts';
import { SugaredLogger } from '../../logging/logger.ts';
import type { Options } from '../reconciler.ts';
import { defaultQueueSidecarImage } from '../v1alpha1/revision/config/store.ts';
import { asGiven, asGivenStore } from './as-given.ts';
import { recordingStore } from './recording-store.ts';
import type {
  RecordedDelete,
  RecordedPatch,
  Writes,
} from './recording-store.ts';
import { validatingStore } from './validating-store.ts';

/** Where Knative's own ConfigMaps live. */
export const systemNamespace = 'knative-serving';

/** Gives the cache of a kind, filled with what was handed in. */
export type ListerOf = <O extends KObject>(gvr: Gvr) => Lister<O>;

/** A reconciler whose events can be read afterwards. */
export interface Watched extends Reconciler {
  readonly recorder: EventRecorder;
}

/** Makes the reconciler that is to be tried. */
export type Build = (options: Options, listerOf: ListerOf) => Watched;

export interface Input {
  readonly objects: readonly KObject[];
  readonly key: string;
  /** Makes each write of this kind fail; `update` includes the status. */
  readonly failures?: readonly {
    readonly verb: Verb;
    readonly resource: string;
  }[];
  readonly now?: Instant;
}

export interface Output {
  readonly creates: readonly KObject[];
  readonly updates: readonly KObject[];
  readonly statusUpdates: readonly KObject[];
  readonly patches: readonly RecordedPatch[];
  readonly deletes: readonly RecordedDelete[];
  readonly events: readonly {
    readonly type: string;
    readonly reason: string;
    readonly message: string;
  }[];
  /** What the reconciler returned; null for nothing. */
  readonly error: string | null;
}

/** What a ConfigMap holds that has no default of its own. */
const shipped: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'config-controller': { queueSidecarImage: defaultQueueSidecarImage },
};

const known: readonly Gvr[] = [
  ...[configMaps, deployments, endpoints, nodes, pods, secrets, coreServices],
  ...knativeResources,
];

/** The resource an object is of; guessed for kinds nobody has declared. */
export function resourceOf(object: KObject): Gvr {
  return (
    known.find(
      (gvr) =>
        gvr.kind === object.kind && apiVersionOf(gvr) === object.apiVersion,
    ) ?? kindToResource(object)
  );
}

/**
 * Reconciles `input.key` once, in a world that holds `input.objects`.
 *
 * @throws {TypeError} mistakes of the program; what a reconciler returns as
 *   its error is part of the output
 */
export async function reconcileOnce(
  build: Build,
  input: Input,
): Promise<Output> {
  const { objects, key, failures = [], now = defaultStart } = input;
  const sim = new Sim({ seed: 1, start: now });
  const store = new MemoryStore(sim);
  for (const object of objects) store.load(resourceOf(object), [object]);
  for (const { verb, resource } of failures) store.fail(verb, resource);

  const writes: Writes = {
    creates: [],
    updates: [],
    statusUpdates: [],
    patches: [],
    deletes: [],
  };
  const configMapWatcher = new ManualWatcher();
  const client = validatingStore(asGivenStore(store, store.client(sim)));
  const reconciler = build(
    {
      sim,
      store: recordingStore(client, writes),
      logger: new SugaredLogger('controller'),
      configMapWatcher,
      resyncPeriod: 36_000_000,
    },
    (gvr) => listerOf(store, gvr, objects),
  );
  for (const configMap of configMapsFor(configMapWatcher.names, objects)) {
    configMapWatcher.onChange(configMap);
  }
  const error = await sim.run(() => errorOf(reconciler, key));
  const { events } = reconciler.recorder;
  return {
    ...writes,
    events: events.map(({ type, reason, message }) => ({
      type,
      reason,
      message,
    })),
    error,
  };
}

/**
 * A cache of what the store holds. Where the store filled in what the object
 * did not say, the cache does not say it either: absent stays absent.
 */
function listerOf<O extends KObject>(
  store: MemoryStore,
  gvr: Gvr,
  objects: readonly KObject[],
): Lister<O> {
  const cache = new Cache<O>();
  for (const stored of store.peekAll<O>(gvr)) {
    const given = objects.findLast((one) => isSame(one, stored));
    cache.add(asGiven(stored, given));
  }
  return new Lister(cache);
}

function isSame(a: KObject, b: KObject): boolean {
  return (
    a.apiVersion === b.apiVersion && a.kind === b.kind && keyOf(a) === keyOf(b)
  );
}

/** The ConfigMaps that are wanted; an empty one where none was handed in. */
function configMapsFor(
  names: readonly string[],
  objects: readonly KObject[],
): ConfigMap[] {
  return names.map(
    (name) =>
      objects.find(
        ({ kind, metadata }) =>
          kind === 'ConfigMap' &&
          metadata.name === name &&
          metadata.namespace === systemNamespace,
      ) ?? {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name, namespace: systemNamespace },
        data: shipped[name] ?? {},
      },
  );
}

async function errorOf(
  reconciler: Reconciler,
  key: string,
): Promise<string | null> {
  try {
    await reconciler.reconcile(key);
    return null;
  } catch (error) {
    if (error instanceof Error && !(error instanceof TypeError)) {
      return error.message;
    }
    throw error;
  }
}
