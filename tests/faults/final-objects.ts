/** What a run leaves in the API, and how two runs differ in that. */
import * as builtIn from '../../runnable/apiserver/kinds.ts';
import type { MemoryStore } from '../../runnable/apiserver/memory-store.ts';
import { isRecord } from '../../runnable/apiserver/objects.ts';
import type { Gvr, KObject } from '../../runnable/apiserver/store.ts';
import { knativeResources } from '../../runnable/knative/apis/resources.ts';

const kinds = [
  ...knativeResources,
  ...Object.values(builtIn).filter(
    (one): one is Gvr => typeof one === 'object',
  ),
];
/** What depends on when, and how often, an object was written. */
const passing = [
  ...['resourceVersion', 'creationTimestamp', 'lastTransitionTime'],
  ...['lastUpdateTime', 'serving.knative.dev/lastPinned'],
];
/**
 * The spec of these follows what was measured at some moment, so a generation
 * more or less says only how often it was written on the way.
 */
const counted = ['ClusterIngress', 'VirtualService', 'Deployment'];

/** Objects by kind and name; their values by path, as text. */
export type FinalObjects = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** All that is stored, without what passes. */
export function finalObjects(store: MemoryStore): FinalObjects {
  const objects = kinds.flatMap((gvr) =>
    store
      .peekAll(gvr)
      .map((object) => [nameOf(gvr, object), valuesOf(object)] as const),
  );
  return new Map(objects);
}

/** A line for each value in which `actual` is not as `expected`. */
export function differences(
  expected: FinalObjects,
  actual: FinalObjects,
): string[] {
  const names = new Set([...expected.keys(), ...actual.keys()]);
  return [...names].flatMap((name) => {
    const [before, after] = [expected.get(name), actual.get(name)];
    if (after === undefined) return [`${name} is missing`];
    if (before === undefined) return [`${name} is there as well`];
    const paths = new Set([...before.keys(), ...after.keys()]);
    return [...paths]
      .filter((path) => before.get(path) !== after.get(path))
      .map((path) => {
        const [was, is] = [before.get(path), after.get(path)];
        return `${name} ${path}: ${is ?? 'nothing'} instead of ${was ?? 'nothing'}`;
      });
  });
}

function nameOf(gvr: Gvr, { metadata }: KObject): string {
  const { namespace, name } = metadata;
  const path = namespace === undefined ? name : `${namespace}/${name}`;
  return `${builtIn.kindInTrace(gvr)} ${path}`;
}

function valuesOf(object: KObject): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const collect = (path: string, value: unknown): void => {
    if (!isRecord(value) && !Array.isArray(value)) {
      values.set(path, JSON.stringify(value));
      return;
    }
    const fields = Object.entries(value).filter(
      ([name, field]) => !passing.includes(name) && field !== undefined,
    );
    if (fields.length === 0) values.set(path, 'empty');
    for (const [name, field] of fields) {
      collect(path === '' ? name : `${path}.${name}`, field);
    }
  };
  collect('', counted.includes(object.kind) ? uncounted(object) : object);
  return values;
}

/** The object with how far its status is behind instead of two generations. */
function uncounted(stored: KObject & { readonly status?: unknown }): unknown {
  const { metadata, status, ...object } = stored;
  const { generation = 0, ...others } = metadata;
  if (!isRecord(status)) return { ...object, metadata: others, status };
  const { observedGeneration } = status;
  const behind = generation - Number(observedGeneration ?? 0);
  return {
    ...object,
    metadata: others,
    status: { ...status, observedGeneration: undefined, behind },
  };
}
